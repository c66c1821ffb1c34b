"""Versions in Chromium: edit, compare, see what it means, publish, tell the learner, go back."""

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.enrollments import services as enrollments
from app.blueprints.learning import services as learning
from app.core.db import writing
from tests.browser.authoring import Desk
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.factories.accounts import PASSWORD, actor_for, make_user
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def publish(page: Page, desk: Desk, number: int) -> None:
    """Press the button of the last step and wait until it is done."""
    page.get_by_role("button", name=f"Publish version {number}").click()
    done = page.get_by_role("heading", name=f"Version {number} is published")
    expect(done).to_be_visible(timeout=20000)


def rewrite(page: Page, desk: Desk, lesson: str) -> None:
    """Type into a lesson on the board."""
    page.goto(f"{desk.url}/board")
    page.get_by_role("link", name=lesson, exact=True).click()
    page.locator("#blocks [contenteditable]").first.click()
    page.keyboard.type("News. ")
    expect(page.locator("#save-state")).to_contain_text("Saved at")


def join(desk: Desk, lesson: str) -> str:
    """Let somebody take the course and do one lesson; return their address."""
    with desk.studio.school.app.app_context():
        user = make_user("Ada Okafor")
        learner, email = actor_for(user), user.email
        with writing():
            enrollments.enrol(learner, course_id=desk.course.id)
        with writing():
            learning.complete_lesson(
                learner, course_id=desk.course.id, lesson_key=lesson, version_number=1
            )
    return email


def key_of(page: Page, lesson: str) -> str:
    """The key of a lesson on the board."""
    link = page.get_by_role("link", name=lesson, exact=True).get_attribute("href")
    return str(link).rpartition("/")[2]


def test_from_an_edit_to_the_learner_and_back(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, "board")
    key = key_of(page, "Loops")
    page.goto(f"{desk.url}/review")
    publish(page, desk, 1)
    email = join(desk, key)
    rewrite(page, desk, "Loops")
    page.goto(f"{desk.url}/versions/compare?from=1&to=draft")
    expect(page.locator(".sides")).to_contain_text("Rewritten")
    page.get_by_role("link", name="See the text of “Loops”").click()
    expect(page.locator("ins")).to_contain_text("News.")
    page.goto(f"{desk.url}/review")
    meaning = page.locator("#meaning")
    expect(meaning.locator(".tile", has_text="Must redo")).to_contain_text("0")
    page.get_by_label("Those who finished it must do it again (1)").check()
    expect(meaning.locator(".tile", has_text="Must redo")).to_contain_text("1")
    page.get_by_label("Why").fill("Loops are clearer now.")
    publish(page, desk, 2)
    _learner_is_told(desk, new_page, email)
    page.goto(f"{desk.url}/versions")
    expect(page.locator("#version-2")).to_contain_text("Loops are clearer now.")
    page.get_by_role("link", name="Go back to version 1").click()
    page.get_by_role("button", name="Publish version 1 again as version 3").click()
    done = page.get_by_role("heading", name="Version 3 is published")
    expect(done).to_be_visible(timeout=20000)
    page.goto(f"{desk.url}/versions")
    expect(page.locator("#version-3")).to_contain_text("A copy of version 1")


def _learner_is_told(desk: Desk, new_page: NewPage, email: str) -> None:
    page = new_page()
    page.goto(f"{desk.studio.school.url}/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"{desk.studio.school.url}/learning/{desk.course.slug}")
    news = page.locator("#news-for-you")
    expect(news).to_contain_text("1 revised lesson: Loops")
    news.get_by_role("button", name="Got it").click()
    expect(news).to_have_count(0)
    page.reload()
    expect(page.locator("#news-for-you")).to_have_count(0)


def test_the_pages_of_versions_are_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, "board", **LOOKED_AT)
    key = key_of(page, "Loops")
    page.goto(f"{desk.url}/review")
    publish(page, desk, 1)
    rewrite(page, desk, "Loops")
    page.goto(f"{desk.url}/review")
    publish(page, desk, 2)
    for path in (
        "versions",
        "versions/1",
        f"versions/1/lessons/{key}",
        "versions/1/revert",
        "versions/compare?from=1&to=2",
        "versions/compare?from=1&to=2&all=1",
        f"versions/compare/{key}?from=1&to=2",
    ):
        page.goto(f"{desk.url}/{path}")
        assert_shown_to_everybody(page)
