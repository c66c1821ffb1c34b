"""The board as plain pages: without JavaScript, and where htmx does not come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.authoring import Desk, moved
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def test_everything_without_javascript(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, java_script_enabled=False)
    page.get_by_label("Select “Loops”").check()
    page.get_by_label("Select “Choices”").check()
    page.get_by_role("button", name="Move to…").click()
    page.get_by_label("First in “Seeing patterns”").check()
    page.get_by_role("button", name="Move 2 lessons").click()
    together = {**moved("Loops", "Seeing patterns", 0), "Repeating": ["Lists"]}
    together["Seeing patterns"].insert(1, "Choices")
    assert desk.titles == together
    page.get_by_role("button", name="Undo", exact=True).first.click()
    assert desk.titles["Repeating"] == ["Loops", "Lists", "Choices"]
    page.get_by_role("button", name="Redo", exact=True).click()
    assert desk.titles == together
    page.get_by_role("link", name="Loops", exact=True).click()
    page.goto(page.url + "?settings=1")
    page.get_by_label("Title", exact=True).locator("visible=true").fill("Loops again")
    page.get_by_role("button", name="Save the settings").click()
    assert desk.titles["Seeing patterns"][0] == "Loops again"
    page.goto(f"{desk.url}/board")
    page.get_by_label("Select “Loops again”").check()
    page.get_by_role("button", name="Delete", exact=True).locator("visible=true").click()
    assert desk.titles["Seeing patterns"] == ["Choices", "Arrays", "Plotting"]
    page.locator("#notices").get_by_role("button", name="Undo").click()
    assert desk.titles["Seeing patterns"][0] == "Loops again"
    page.get_by_label("Select “Arrays”").check()
    page.get_by_role("button", name="Duplicate", exact=True).click()
    assert "Arrays (copy)" in desk.titles["Seeing patterns"]
    page.get_by_role("link", name="Activity").click()
    page.get_by_role("button", name="Undo: Lesson “Arrays” duplicated.").click()
    assert "Arrays (copy)" not in desk.titles["Seeing patterns"]
    page.get_by_text("Add a lesson").first.click()
    page.get_by_label("Title of the new lesson in “Getting data in”").fill("Plans")
    page.get_by_role("button", name="Add").locator("visible=true").click()
    assert desk.titles["Getting data in"][-1] == "Plans"
    page.get_by_text("Add a module").click()
    page.get_by_label("Title of the new module").fill("Sharing")
    page.get_by_role("button", name="Add").locator("visible=true").click()
    assert list(desk.titles)[-1] == "Sharing"


def test_with_htmx_out_of_reach_the_board_is_plain_pages(desk: Desk, new_page: NewPage) -> None:
    page = new_page(storage_state=desk.studio.browser_state)
    page.route(re.compile(r"/htmx(\.min)?\.js"), lambda route: route.abort())
    page.goto(f"{desk.url}/board")
    page.get_by_label("Select “Loops”").check()
    page.get_by_role("button", name="Optional", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Lesson “Loops” saved.")
    page.get_by_role("link", name="Loops", exact=True).click()
    expect(page.get_by_role("complementary", name="Loops")).to_be_visible()
