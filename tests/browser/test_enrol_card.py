"""The enrol card in Chromium: every situation for everybody, its one next step, and its clock."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.core.db import db
from tests.browser.authoring import Studio
from tests.browser.everybody import LOOKED_AT, assert_in_both_themes
from tests.enrollments import situations
from tests.enrollments.situations import SITUATIONS, STRANGERS
from tests.factories.accounts import make_user, session_cookie
from tests.support.browser import DESKTOP, PHONE, NewPage
from tests.support.servers import School

pytestmark = pytest.mark.browser
CARD = "aside.enrol"
# What stands out of the card, or makes the page wider than the screen.
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("aside.enrol *")]
    .filter(one => !one.closest(".visually-hidden") && getComputedStyle(one).display !== "inline")
    .filter(one => one.scrollWidth > Math.max(one.clientWidth, 1))
    .map(one => one.outerHTML.slice(0, 120))"""

# Remember what screen readers are told.
LISTEN = """() => {
    window.spoken = [];
    const region = document.getElementById("announcer");
    new MutationObserver(() => spoken.push(region.textContent)).observe(region, {childList: true});
}"""


@pytest.fixture
def learner(studio: Studio) -> int:
    """Somebody new."""
    with studio.school.app.app_context():
        return make_user("Amara Okafor").id


@pytest.fixture
def page(studio: Studio, learner: int, new_page: NewPage) -> Page:
    """A page of theirs."""
    return entered(studio, learner, new_page(**LOOKED_AT))


def entered(studio: Studio, learner: int, page: Page) -> Page:
    """Log the learner in there."""
    with studio.school.app.app_context():
        name, value = session_cookie(studio.school.app, db.session.get_one(User, learner))
    page.context.add_cookies([{"name": name, "value": value, "url": studio.school.url}])
    return page


def test_every_situation_is_shown_to_everybody(studio: Studio, learner: int, page: Page) -> None:
    made = {name: put(studio.school, learner, name) for name in SITUATIONS}
    for name, course in made.items():
        page.goto(f"{studio.school.url}/courses/{course.slug}")
        expect(page.locator(CARD), name).to_contain_text(SITUATIONS[name][1])
        assert_fits(page, name)
    page.context.clear_cookies()
    for name in STRANGERS:
        page.goto(f"{studio.school.url}/courses/{made[name].slug}")
        assert_fits(page, f"{name}, as a stranger")


def put(school: School, learner: int, name: str) -> Course:
    """Put the learner into the situation of that name."""
    with school.app.app_context():
        return SITUATIONS[name][0](db.session.get_one(User, learner))


def assert_fits(page: Page, name: str) -> None:
    """Assert that at most one step stands out, that all fits, and that axe finds nothing."""
    assert page.locator(f"{CARD} .primary").count() <= 1, name
    page.locator(f"{CARD} details").evaluate_all("all => all.forEach(one => one.open = true)")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
        assert page.evaluate(TOO_WIDE) == [], f"{name} at {size['width']} px"
    assert_in_both_themes(page, within=CARD)


def test_one_goes_from_step_to_step(studio: Studio, learner: int, page: Page) -> None:
    card = page.locator(CARD)

    def arrive(name: str) -> None:
        page.goto(f"{studio.school.url}/courses/{put(studio.school, learner, name).slug}")

    def press(button: str) -> None:
        card.get_by_role("button", name=button).click()

    arrive("full")
    press("Join the waitlist")
    expect(card).to_contain_text("You are number 1 of 1 in line")
    expect(page.locator(f"{CARD} [id$=enrol]")).to_be_focused()
    press("Leave the waitlist")
    expect(card.get_by_role("button", name="Join the waitlist")).to_be_visible()
    arrive("offered")
    press("Take the seat")
    expect(card.get_by_role("link", name="Begin")).to_be_visible()
    arrive("offered")
    press("Let it go")
    expect(card).to_contain_text("You let the seat go")
    arrive("one asks for a place")
    card.get_by_label("Your message").fill("I sow in March.")
    press("Ask for a place")
    expect(card).to_contain_text("I sow in March.")
    press("Take my request back")
    expect(card.get_by_role("button", name="Ask for a place")).to_be_visible()


def test_an_offer_counts_down_and_ends_in_words(studio: Studio, learner: int, page: Page) -> None:
    course = put(studio.school, learner, "offered")
    with studio.school.app.app_context():
        situations.end_offers(course, timedelta(seconds=90))
    page.route("**/notifications/bell", lambda route: route.abort())  # it speaks, too
    held: list[Route] = []
    page.route("**/enrollment", lambda route: held.append(route))
    page.clock.install()
    page.goto(f"{studio.school.url}/courses/{course.slug}")
    timer = page.get_by_role("timer")
    page.evaluate(LISTEN)
    expect(timer).to_have_text(re.compile(r"^1 min \d+ s$"))
    page.get_by_label("Search courses and lessons").focus()
    page.clock.fast_forward(30_000)
    expect(timer).to_have_text(re.compile(r"^5\d s$"))
    # Nothing around it is read out as it changes.
    around = "one => one.closest('[aria-live], [role=status], [role=alert], [role=log]')"
    assert timer.evaluate(around) is None
    assert spoken(page) == []
    with studio.school.app.app_context():
        situations.end_offers(course)
    page.clock.fast_forward(60_000)
    expect(timer).to_have_text("none, your offer has ended")
    expect(page.locator("#announcer")).to_have_text("Your offer has ended")
    assert spoken(page) == ["Your offer has ended"]
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(CARD)).to_contain_text("has gone on to the next in line")
    expect(page.get_by_label("Search courses and lessons")).to_be_focused()


def spoken(page: Page) -> list[str]:
    """What screen readers were told."""
    told: list[str] = page.evaluate("spoken.filter(Boolean)")
    return told


def test_moments_are_written_in_the_reader_s_own_zone(
    studio: Studio, learner: int, new_page: NewPage
) -> None:
    course = put(studio.school, learner, "offered")
    page = entered(studio, learner, new_page(timezone_id="Asia/Tokyo", locale="en-GB"))
    page.goto(f"{studio.school.url}/courses/{course.slug}")
    moment = page.locator(f"{CARD} time[title]").first
    there = datetime.strptime(f"{moment.inner_text()} +0900", "%d %b %Y, %H:%M %z")
    at = datetime.fromisoformat(moment.get_attribute("datetime") or "")
    assert there == at.replace(second=0)
    assert str(moment.get_attribute("title")).endswith(f"{at:%H:%M} UTC")
