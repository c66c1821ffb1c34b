"""The settings of a course in Chromium: each tab used, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import CourseStatus
from app.blueprints.courses.queries import get_course
from app.core.db import db
from tests.browser.authoring import Desk, Studio
from tests.browser.everybody import LOOKED_AT, assert_for_everybody, assert_shown_to_everybody
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.courses import make_course
from tests.factories.files import SVG, picture
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
PAGES = ["settings", "settings/admission", "settings/team", "settings/life", "look"]
plainly_too = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])


@pytest.fixture
def running(studio: Studio) -> Desk:
    """A published course of the author's."""
    with studio.school.app.app_context():
        author = db.session.get_one(User, studio.author_id)
        return Desk(studio, make_course("Soil and water", owner=author))


def told(page: Page, words: str) -> None:
    """The page says so."""
    expect(page.locator("#notices")).to_contain_text(words)


def save(page: Page, button: str) -> None:
    """Press a button and wait for what it answers."""
    page.get_by_role("button", name=button).click()
    told(page, "Saved. It holds")


@plainly_too
def test_what_is_decided_about_a_course(running: Desk, new_page: NewPage, scripts: bool) -> None:
    page = running.open(new_page, "settings", java_script_enabled=scripts)
    page.get_by_label("Tags").fill("Soil, field work")
    page.get_by_label("Product suite").fill("Ground")
    save(page, "Save where it is found")
    expect(page.get_by_label("Tags")).to_have_value(re.compile("Soil.*field work|field work.*Soil"))
    expect(page.locator("main")).to_contain_text("its address stays")

    page.get_by_role("link", name="Getting in").click()
    page.get_by_label("Price").fill("49.50")
    page.get_by_role("button", name="Save how people get in").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("cannot be open to everybody")
    page.get_by_label("By approval").check()
    page.get_by_label("Keep a waitlist").check()
    save(page, "Save how people get in")
    expect(page.get_by_label("Price")).to_have_value("49.50")
    with running.studio.school.app.app_context():
        first = make_course("Maps and scales")
    page.get_by_label("Course to take first").fill("Scale")
    if not scripts:
        page.keyboard.press("Enter")
    expect(page.locator("#nameable-count")).to_have_text(re.compile("found"))
    page.get_by_role("button", name=f"Choose “{first.title}”").last.press("Enter")
    told(page, "Shown on the course's page from now on.")
    page.goto(f"{running.studio.school.url}/courses/{running.course.slug}")
    for words in ("Soil", "field work", "49.50", "Maps and scales"):
        expect(page.locator("main")).to_contain_text(words)
    page.goto(f"{running.url}/settings/admission")
    page.get_by_role("button", name="Take off “Maps and scales”").click()
    told(page, "Not asked for any more.")

    page.get_by_role("link", name="Copy and end").click()
    page.get_by_label(re.compile("Why|reason", re.IGNORECASE)).fill("The field is built over.")
    page.get_by_role("button", name="Archive the course").click()
    told(page, "Archived.")
    assert status_of(running) is CourseStatus.ARCHIVED
    page.get_by_role("button", name="Bring it back").click()
    told(page, "The course is back")
    assert status_of(running) is CourseStatus.PUBLISHED


def status_of(desk: Desk) -> CourseStatus:
    """Where the course is in its life."""
    with desk.studio.school.app.app_context():
        return get_course(desk.course.id).status


@plainly_too
def test_somebody_comes_to_the_team_by_a_link(
    running: Desk, new_page: NewPage, scripts: bool
) -> None:
    page = running.open(new_page, "settings/team", java_script_enabled=scripts)
    with running.studio.school.app.app_context():
        email = make_user("Tomas Lind").email
    page.get_by_label("E-mail").fill("elsewhere@example.org")
    page.get_by_label("Role", exact=True).select_option(label="Instructor")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_label("Link", exact=True).input_value()
    expect(page.locator("main")).to_contain_text("Invited, not answered yet")

    guest = new_page(java_script_enabled=scripts)
    guest.goto(link)
    guest.get_by_role("link", name="Log in").click()
    guest.get_by_label("E-mail").fill(email)
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Log in").click()
    expect(guest.locator("main")).to_contain_text("Miriam Rao invites you")
    guest.get_by_role("button", name="Join the team").click()
    told(guest, "You are in the team of “Soil and water”.")
    guest.get_by_role("link", name="Board").click()
    expect(guest.locator(".column").first).to_be_visible()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="This invitation is over")).to_be_visible()

    page.goto(f"{running.url}/settings/team")
    expect(page.locator("main")).not_to_contain_text("Invited, not answered yet")
    role, button = (
        page.get_by_label("Role of Tomas Lind", exact=True),
        "Save the role of Tomas Lind",
    )
    assert beside(role, page.get_by_role("button", name=button))
    role.select_option(label="Assistant")
    save(page, button)
    expect(role).to_have_value("assistant")
    page.get_by_role("button", name="Remove Tomas Lind from the team").click()
    expect(role).to_have_count(0)


def beside(one: Locator, other: Locator) -> bool:
    """Whether two things stand in one line."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    middle = second["y"] + second["height"] / 2
    return first["y"] < middle < first["y"] + first["height"]


def send_picture(page: Page, content: bytes) -> None:
    """Send a file that says it is a PNG."""
    file = FilePayload(name="field.png", mimeType="image/png", buffer=content)
    page.get_by_label("Picture").set_input_files(file)
    page.get_by_role("button", name="Use this picture").click()


@plainly_too
def test_a_cover_of_ones_own(desk: Desk, new_page: NewPage, scripts: bool) -> None:
    page = desk.open(new_page, "basics", java_script_enabled=scripts)
    page.get_by_role("link", name="Cover and pace").click()
    send_picture(page, picture(size=(640, 320)))
    told(page, "The cover is in the draft.")
    cover = page.locator("main img").first
    expect(cover).to_have_attribute("src", re.compile("/media/"))
    expect(cover).to_have_js_property("naturalWidth", 640)
    send_picture(page, SVG)
    expect(page.locator(".notice.bad")).to_be_visible()
    page.get_by_role("button", name="Go back to the drawn cover").click()
    told(page, "The draft has the drawn cover again.")


def test_the_settings_are_for_everybody(running: Desk, new_page: NewPage) -> None:
    page = running.open(new_page, "settings/admission", **LOOKED_AT)
    with running.studio.school.app.app_context():
        first = make_course("Maps and scales")
    make_first = page.get_by_label("Course to take first")
    make_first.fill("scale")
    expect(page.locator("#nameable-count")).to_have_text(re.compile("found"))
    assert_shown_to_everybody(page)
    page.get_by_role("button", name=f"Choose “{first.title}”").last.click()
    page.goto(f"{running.url}/settings/team")
    page.get_by_label("E-mail").fill("somebody@example.org")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_label("Link", exact=True).input_value()
    assert_for_everybody(page, *(f"{running.url}/{path}" for path in PAGES), link)
    page.goto(f"{running.url}/settings/admission")
    price, currency = page.get_by_label("Price"), page.get_by_label("Currency")
    assert beside(price, currency)
    assert left(price) == left(page.get_by_role("button", name="Save how people get in"))


def left(one: Locator) -> float:
    """Where something begins, in px from the left."""
    box = one.bounding_box()
    assert box
    return box["x"]
