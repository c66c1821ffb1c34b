"""The board in Chromium: dragging, keys, undo and two people at once."""

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.authoring import PLAN, Desk, menu_of, moved, shown
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.support.browser import PHONE, NewPage

pytestmark = pytest.mark.browser
START = {name: list(lessons) for name, lessons in PLAN.items()}


def writes_of(page: Page) -> list[Request]:
    """Collect what the page sends from now on, besides looking."""
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.method != "GET" else None)
    return sent


def card(page: Page, title: str) -> Locator:
    """One card."""
    return page.locator(".card", has=page.get_by_role("link", name=title, exact=True))


def stop(page: Page, title: str) -> None:
    """Put the focus on a card."""
    page.get_by_role("link", name=title, exact=True).focus()


def expect_titles(page: Page, desk: Desk, titles: dict[str, list[str]]) -> None:
    """The page shows these titles, and the database has them."""
    for _ in range(100):
        if (shown(page), desk.titles) == (titles, titles):
            return
        page.wait_for_timeout(100)
    assert (shown(page), desk.titles) == (titles, titles)


def test_a_drag_between_columns_sends_one_command(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    sent = writes_of(page)
    card(page, "Plotting").drag_to(card(page, "Lists"))
    expect_titles(page, desk, moved("Plotting", "Repeating", 1))
    assert [one.url.rsplit("/", 1)[1] for one in sent] == ["move"]
    answer = sent[0].response()
    assert answer is not None
    assert answer.text().count('class="column"') == 2
    expect(page.locator("#announcer")).to_have_text(
        "Lesson “Plotting” moved to position 2 of 4 in “Repeating”."
    )
    page.reload()
    expect_titles(page, desk, moved("Plotting", "Repeating", 1))


def test_escape_cancels_a_drag(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    sent = writes_of(page)
    card(page, "Arrays").hover()
    page.mouse.down()
    card(page, "Loops").hover()
    card(page, "Lists").hover()
    expect(page.locator(".card.gap")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect_titles(page, desk, START)
    assert sent == []


def test_a_long_press_drags_on_a_phone(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, viewport=PHONE, has_touch=True, is_mobile=True)
    finger = page.context.new_cdp_session(page)
    begin, end = (card(page, title).bounding_box() for title in ("Why program", "Data sets"))
    assert begin
    assert end
    x, top, bottom = begin["x"] + 100, begin["y"] + 20, end["y"] + end["height"] - 15

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (x, top))
    page.wait_for_timeout(400)
    for step in range(1, 13):
        touch("touchMove", (x, top + (bottom - top) * step / 12))
        page.wait_for_timeout(30)
    page.wait_for_timeout(250)
    touch("touchEnd")
    expect_titles(page, desk, moved("Why program", "Getting data in", 2))


def test_a_column_is_dragged_by_its_head(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    sent = writes_of(page)
    head = page.locator(".column > header .grip")
    head.nth(2).drag_to(page.locator(".column > header h2").nth(0))
    order = ["Repeating", "Getting data in", "Seeing patterns"]
    expect_titles(page, desk, {name: START[name] for name in order})
    assert list(shown(page)) == list(desk.titles) == order
    assert len(sent) == 1


def test_a_move_that_does_not_arrive_is_put_back(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.route("**/move", lambda route: route.abort())
    card(page, "Plotting").drag_to(card(page, "Lists"))
    expect(page.locator(".toast.bad")).to_contain_text("did not reach the server")
    expect_titles(page, desk, START)


def test_a_move_that_is_refused_shows_the_board_as_it_is(desk: Desk, new_page: NewPage) -> None:
    page, other = desk.open(new_page), desk.open(new_page)
    page.route("**/changes?*", lambda route: route.abort())
    stop(other, "Lists")
    other.keyboard.press("Delete")
    expect(other.locator(".toast")).to_contain_text("removed")
    stop(page, "Loops")
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator(".board-strip")).to_contain_text("The board has changed")
    expect_titles(page, desk, {**START, "Repeating": ["Loops", "Choices"]})


def test_everything_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    said, press = page.locator("#announcer"), page.keyboard.press
    stop(page, "Why program")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        press(key)
    expect(page.locator(":focus")).to_have_text("Lists")
    press("Space")
    expect(said).to_contain_text("Lifted “Lists”. Position 2 of 3 in “Repeating”.")
    press("ArrowLeft")
    expect(said).to_have_text("Position 2 of 3 in “Seeing patterns”.")
    press("Escape")
    expect(said).to_have_text("“Lists” is back where it was.")
    for key in ("Space", "ArrowLeft", "ArrowUp", "Space"):
        press(key)
    expect_titles(page, desk, moved("Lists", "Seeing patterns", 0))
    expect(page.locator(":focus")).to_have_text("Lists")
    press("Control+z")
    expect_titles(page, desk, START)
    expect(page.locator(":focus")).to_have_text("Lists")
    press("m")
    page.get_by_role("searchbox", name="Find a module or a lesson").fill("fundam")
    press("Enter")
    expect_titles(page, desk, moved("Lists", "Getting data in", 2))


def test_add_rename_and_delete_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Arrays")
    page.keyboard.press("n")
    page.keyboard.type("Maps")
    page.keyboard.press("Enter")
    page.keyboard.type("Filters")
    page.keyboard.press("Enter")
    added = {**START, "Seeing patterns": ["Arrays", "Plotting", "Maps", "Filters"]}
    expect_titles(page, desk, added)
    page.keyboard.press("Escape")
    stop(page, "Maps")
    page.keyboard.press("F2")
    page.keyboard.type("World maps")
    page.keyboard.press("Enter")
    added["Seeing patterns"][2] = "World maps"
    expect_titles(page, desk, added)
    page.keyboard.press("Delete")
    expect_titles(page, desk, {**added, "Seeing patterns": ["Arrays", "Plotting", "Filters"]})
    expect(page.locator(":focus")).to_have_text("Filters")
    page.keyboard.press("Delete")
    expect_titles(page, desk, {**added, "Seeing patterns": ["Arrays", "Plotting"]})
    expect(page.locator(".toast")).to_have_count(1)
    expect(page.locator("#announcer")).to_contain_text("Filters")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect_titles(page, desk, {**added, "Seeing patterns": ["Arrays", "Plotting", "Filters"]})
    page.keyboard.press("Control+z")
    expect_titles(page, desk, added)
    expect(page.locator(".toast")).to_have_count(0)


def test_columns_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    stop(page, "Arrays")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_class("grip")
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    order = ["Getting data in", "Repeating", "Seeing patterns"]
    expect(page.locator("#announcer")).to_contain_text("moved to place 3 of 3")
    assert list(shown(page)) == list(desk.titles) == order


def test_the_keys_are_listed(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys on the board")).to_be_visible()


def test_what_others_do_appears(desk: Desk, new_page: NewPage) -> None:
    page, other = desk.open(new_page), desk.open(new_page)
    stop(page, "Loops")
    stop(other, "Arrays")
    for key in ("Space", "ArrowRight", "Space"):
        other.keyboard.press(key)
    expect_titles(other, desk, moved("Arrays", "Repeating", 0))
    expect_titles(page, desk, moved("Arrays", "Repeating", 0))
    expect(page.locator(":focus")).to_have_text("Loops")


def test_a_stale_rename_keeps_what_was_typed(desk: Desk, new_page: NewPage) -> None:
    page, other = desk.open(new_page), desk.open(new_page)
    stop(page, "Loops")
    page.keyboard.press("F2")
    page.keyboard.type("Loops, mine")
    stop(other, "Loops")
    other.keyboard.press("F2")
    other.keyboard.type("Loops, theirs")
    other.keyboard.press("Enter")
    theirs = {**START, "Repeating": ["Loops, theirs", "Lists", "Choices"]}
    expect_titles(other, desk, theirs)
    page.keyboard.press("Enter")
    expect(page.locator(".board-strip")).to_contain_text("It is now called “Loops, theirs”.")
    expect_titles(page, desk, theirs)
    expect(page.get_by_label("Your title")).to_have_value("Loops, mine")
    page.get_by_role("button", name="Keep mine").click()
    expect_titles(page, desk, {**START, "Repeating": ["Loops, mine", "Lists", "Choices"]})
    expect(page.locator(".board-strip")).to_have_count(0)


def test_a_card_is_renamed_from_its_menu(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    menu_of(page, "Lists")
    page.get_by_role("button", name="Rename").locator("visible=true").click()
    page.keyboard.type("Listing")
    page.keyboard.press("Enter")
    expect_titles(page, desk, {**START, "Repeating": ["Loops", "Listing", "Choices"]})


def test_the_board_is_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, **LOOKED_AT)
    assert_shown_to_everybody(page)
    menu_of(page, "Why program")
    assert_shown_to_everybody(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert_shown_to_everybody(page)
