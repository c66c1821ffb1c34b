"""From the board to learners in Chromium: the basics, the last step, progress, versions."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.authoring import Desk
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
PAGES = ["basics", "review", "versions", "board"]


def test_publish_and_see_what_changes_next(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, "review")
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_role("heading", name="Version 1 is published")).to_be_visible(timeout=15000)
    page.get_by_role("link", name="Back to the board").click()
    page.get_by_role("link", name="Loops", exact=True).click()
    page.locator("#blocks [contenteditable]").first.click()
    page.keyboard.type("News. ")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.goto(f"{desk.url}/review")
    expect(page.locator(".diff li")).to_contain_text("Rewritten")
    page.get_by_label("Those who finished it must do it again").check()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_role("heading", name="Version 2 is published")).to_be_visible(timeout=15000)
    page.goto(f"{desk.url}/versions")
    expect(page.locator(".timeline > li")).to_have_count(2)


def test_the_basics_keep_what_was_typed(desk: Desk, new_page: NewPage) -> None:
    plain: dict[str, Any] = {"java_script_enabled": False}
    page, other = (desk.open(new_page, "basics", **plain) for _ in range(2))
    other.get_by_label("Summary").fill("Theirs.")
    other.get_by_role("button", name="Save the basics").click()
    expect(other.locator("#notices")).to_contain_text("Basics saved.")
    page.get_by_label("Summary").fill("Mine.")
    page.get_by_role("button", name="Save the basics").click()
    expect(page.locator(".versus")).to_contain_text("Theirs.")
    expect(page.get_by_label("Summary")).to_have_value("Mine.")
    page.get_by_role("button", name="Save the basics").click()
    expect(page.locator("#notices")).to_contain_text("Basics saved.")
    expect(page.get_by_label("Summary")).to_have_value("Mine.")


def test_the_steps_are_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, **LOOKED_AT)
    for path in PAGES:
        page.goto(f"{desk.url}/{path}")
        assert_shown_to_everybody(page)
    page.goto(f"{desk.studio.school.url}/review")
    assert_shown_to_everybody(page)
    page.goto(f"{desk.studio.school.url}/teaching/courses/new")
    assert_shown_to_everybody(page)
