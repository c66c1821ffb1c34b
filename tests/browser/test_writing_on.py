"""From lesson to lesson without leaving the keyboard, in Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authoring import Desk, shown
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def text(page: Page) -> str:
    """What the first text says, as it stands in its editor."""
    return page.locator("#blocks .richtext-text").first.inner_html()


def test_the_next_lesson_is_two_keys_away(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.get_by_role("link", name="Arrays", exact=True).press("n")
    page.keyboard.type("Shapes")
    page.keyboard.press("Control+Enter")
    begun = page.locator("#blocks .richtext-text:focus")
    begun.wait_for()
    page.keyboard.type("A shape is a tuple.")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Slices")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer-title")).to_have_text("Slices")
    begun.wait_for()
    page.keyboard.type("A slice is a view.")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.get_by_role("link", name="Lesson before: Shapes").click()
    expect(page.locator("#drawer-title")).to_have_text("Shapes")
    assert "A shape is a tuple." in text(page)
    assert shown(page)["Seeing patterns"] == ["Arrays", "Plotting", "Shapes", "Slices"]


def test_marks_at_the_beginning_of_a_line(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.get_by_role("link", name="Arrays", exact=True).press("n")
    page.keyboard.type("Shapes")
    page.keyboard.press("Control+Enter")
    page.locator("#blocks .richtext-text:focus").wait_for()
    for line in ("## Rows", "5 - 3 is no list", "- one", "two", ""):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    assert text(page).startswith(
        "<h2>Rows</h2><p>5 - 3 is no list</p><ul><li>one</li><li>two</li></ul>"
    )
    # On the last line, a slash offers blocks; the line itself does not stay.
    page.keyboard.type("/code")
    expect(page.locator("#block-menu")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#blocks textarea.code")).to_be_focused()
    assert "/code" not in text(page)


def test_a_slash_in_the_lesson_asks_for_a_block(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.get_by_role("link", name="Loops", exact=True).click()
    page.locator("#drawer-title:focus").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("call")
    page.keyboard.press("Enter")
    # In the callout, one begins with what it says, not with its kind.
    expect(page.locator(".block-callout .richtext-text")).to_be_focused()
    assert page.locator("#board-find").input_value() == ""
