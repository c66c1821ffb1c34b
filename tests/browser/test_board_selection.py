"""The board in Chromium: several cards at once, history, copies, finding, collapsing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authoring import PLAN, Desk, live, menu_of, shown
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.browser.test_board import START, card, expect_titles, stop, writes_of
from tests.support.browser import PHONE, NewPage

pytestmark = pytest.mark.browser
TOGETHER = {
    **START,
    "Getting data in": ["Fundamentals"],
    "Repeating": ["Loops", "Why program", "Data sets", "Lists", "Choices"],
}


def select(page: Page, *titles: str) -> None:
    """Select cards with the mouse."""
    for title in titles:
        card(page, title).click(modifiers=["Control"], position={"x": 100, "y": 45})
    expect(page.locator(".card.selected")).to_have_count(len(titles))


def reload(page: Page) -> None:
    """Come again, and wait until the page is live."""
    page.reload()
    live(page)


def test_several_cards_are_dragged_as_one(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    select(page, "Data sets", "Why program")
    expect(page.locator("#selected")).to_have_text("2 lessons selected")
    sent = writes_of(page)
    card(page, "Data sets").drag_to(card(page, "Lists"), target_position={"x": 100, "y": 10})
    expect_titles(page, desk, TOGETHER)
    assert [one.url.rsplit("/", 2)[1:] for one in sent] == [["selection", "move"]]
    expect(page.locator("#announcer")).to_have_text("2 lessons moved to “Repeating”.")
    expect(page.locator(".card.selected")).to_have_count(2)
    reload(page)
    stop(page, "Loops")
    page.keyboard.press("Control+z")
    expect_titles(page, desk, START)
    reload(page)
    stop(page, "Loops")
    page.keyboard.press("Control+Shift+z")
    expect_titles(page, desk, TOGETHER)


def test_a_drag_of_several_that_is_refused_is_put_back(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.route("**/selection/move", lambda route: route.abort())
    select(page, "Data sets", "Why program")
    card(page, "Data sets").drag_to(card(page, "Lists"))
    expect(page.locator(".toast.bad")).to_contain_text("did not reach the server")
    expect_titles(page, desk, START)


def test_a_range_is_selected_and_deleted_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    press = page.keyboard.press
    stop(page, "Loops")
    press("x")
    expect(page.locator("#announcer")).to_have_text("“Loops” selected. 1 selected.")
    press("Shift+ArrowDown")
    expect(page.locator("#selected")).to_have_text("2 lessons selected")
    press("Escape")
    expect(page.locator("#selection")).to_be_hidden()
    for key in ("Shift+ArrowUp", "Delete"):
        press(key)
    expect_titles(page, desk, {**START, "Repeating": ["Choices"]})
    expect(page.locator(":focus")).to_have_text("Choices")
    press("Control+z")
    expect_titles(page, desk, START)
    stop(page, "Choices")
    for key in ("d", "Control+z", "Control+y"):
        press(key)
    # Before it is taken back the copy stands there just the same.
    expect(page.locator("#announcer")).to_contain_text("Done again.")
    copied = {**START, "Repeating": ["Loops", "Lists", "Choices", "Choices (copy)"]}
    expect_titles(page, desk, copied)


def test_several_are_lifted_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Why program")
    for key in ("x", "ArrowDown", "ArrowDown", "x", "Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    for key in ("ArrowUp", "Space"):
        page.keyboard.press(key)
    expect_titles(page, desk, TOGETHER)


def test_selected_cards_from_the_bar(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    select(page, "Arrays", "Plotting")
    bar = page.get_by_role("form", name="Selected lessons")
    bar.get_by_role("button", name="Optional").click()
    expect(page.get_by_text("optional", exact=True)).to_have_count(2)
    bar.get_by_role("button", name="Move to…").click()
    page.get_by_role("searchbox", name="Find a module or a lesson").fill("repeat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Move 2 lessons").click()
    expected = {**START, "Seeing patterns": []}
    expect_titles(
        page, desk, {**expected, "Repeating": ["Loops", "Arrays", "Plotting", "Lists", "Choices"]}
    )
    bar.get_by_role("button", name="Clear the selection").click()
    expect(bar).to_be_hidden()


def test_cards_are_selected_by_touch(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Select", exact=True).tap()
    for title in ("Fundamentals", "Why program"):
        page.get_by_role("link", name=title, exact=True).tap()
    expect(page.locator("#selected")).to_have_text("2 lessons selected")
    expect(page.locator("#drawer")).to_have_count(0)
    page.get_by_role("button", name="Move to…").tap()
    page.get_by_text("First in “Repeating”").tap()
    page.get_by_role("button", name="Move 2 lessons").tap()
    repeating = ["Why program", "Fundamentals", *PLAN["Repeating"]]
    expect_titles(page, desk, {**START, "Getting data in": ["Data sets"], "Repeating": repeating})


def test_what_another_changed_is_not_undone(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Arrays")
    page.keyboard.press("F2")
    page.keyboard.type("Fields")
    page.keyboard.press("Enter")
    renamed = {**START, "Seeing patterns": ["Fields", "Plotting"]}
    expect_titles(page, desk, renamed)
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect_titles(page, desk, {**START, "Seeing patterns": ["Plotting", "Fields"]})
    desk.move_by_other("Fields", "Repeating")
    now = {**START, "Seeing patterns": ["Plotting"], "Repeating": ["Fields", *PLAN["Repeating"]]}
    expect_titles(page, desk, now)
    page.keyboard.press("Control+z")
    expect(page.locator(".board-strip")).to_contain_text("Nothing was overwritten.")
    expect_titles(page, desk, now)
    page.keyboard.press("Control+z")
    expect_titles(page, desk, {**now, "Repeating": ["Arrays", *PLAN["Repeating"]]})


def test_finding_lessons(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.keyboard.press("/")
    page.keyboard.type("LO")
    expect(page.locator(".card:visible .title")).to_have_text(["Plotting", "Loops"])
    expect(page.locator("#board-found")).to_have_text("2 lessons found")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text("Plotting")
    page.keyboard.press("Escape")
    expect(page.locator(".card:visible")).to_have_count(8)


def test_columns_stay_collapsed(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Loops")
    page.keyboard.press("c")
    expect(page.locator(".card:visible")).to_have_count(5)
    expect(page.locator("#announcer")).to_have_text("“Repeating” collapsed.")
    reload(page)
    expect(page.locator(".card:visible")).to_have_count(5)
    page.get_by_role("button", name="Collapse all").click()
    expect(page.locator(".card:visible")).to_have_count(0)
    page.get_by_role("button", name="Expand all").click()
    expect(page.locator(".card:visible")).to_have_count(8)


def test_a_module_is_copied_and_its_title_edited_in_place(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.get_by_role("button", name="Actions for the module “Seeing patterns”").click()
    page.get_by_role("button", name="Duplicate the module").click()
    page.locator(".column-title", has_text="Seeing patterns (copy)").click()
    page.keyboard.type("Patterns")
    page.keyboard.press("Enter")
    expect(page.locator(".column-title")).to_have_text(
        ["Getting data in", "Seeing patterns", "Patterns", "Repeating"]
    )
    assert shown(page)["Patterns"] == ["Arrays", "Plotting"]


def test_a_double_click_adds_once(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Arrays")
    page.keyboard.press("n")
    page.keyboard.type("Maps")
    page.get_by_role("button", name="Add", exact=True).locator("visible=true").dblclick()
    expect_titles(page, desk, {**START, "Seeing patterns": ["Arrays", "Plotting", "Maps"]})


def test_all_of_it_is_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, **LOOKED_AT)
    stop(page, "Loops")
    for key in ("x", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert_shown_to_everybody(page)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Move 2 lessons")).to_be_visible()
    assert_shown_to_everybody(page)
    page.keyboard.press("Escape")
    menu_of(page, "Why program")
    assert_shown_to_everybody(page)
    page.goto(f"{desk.url}/activity")
    assert_shown_to_everybody(page)
