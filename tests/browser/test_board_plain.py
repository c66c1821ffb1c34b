"""The board as plain pages: without JavaScript, and where htmx does not come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.authoring import Desk, menu_of, moved
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def test_everything_without_javascript(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, java_script_enabled=False)
    menu_of(page, "Loops")
    page.get_by_role("button", name="Move down").locator("visible=true").click()
    assert desk.titles["Repeating"] == ["Lists", "Loops", "Choices"]
    menu_of(page, "Loops")
    page.get_by_role("link", name="Move to…").locator("visible=true").click()
    page.get_by_label("Where “Loops” should go").select_option("First in “Seeing patterns”")
    page.get_by_role("button", name="Move the lesson").click()
    assert desk.titles == moved("Loops", "Seeing patterns", 0)
    menu_of(page, "Loops")
    page.get_by_role("link", name="Rename").locator("visible=true").click()
    page.get_by_label("Title", exact=True).locator("visible=true").fill("Loops again")
    page.get_by_role("button", name="Save the settings").click()
    assert desk.titles["Seeing patterns"][0] == "Loops again"
    menu_of(page, "Loops again")
    page.get_by_role("button", name="Delete").locator("visible=true").click()
    assert desk.titles["Seeing patterns"] == ["Arrays", "Plotting"]
    page.locator("#notices").get_by_role("button", name="Undo").click()
    assert desk.titles["Seeing patterns"][0] == "Loops again"
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
    menu_of(page, "Loops")
    page.get_by_role("button", name="Move down").locator("visible=true").click()
    expect(page.locator("#notices")).to_contain_text("moved to position 2 of 3")
    assert desk.titles["Repeating"] == ["Lists", "Loops", "Choices"]
    page.get_by_role("link", name="Loops", exact=True).click()
    expect(page.get_by_role("complementary", name="Loops")).to_be_visible()
