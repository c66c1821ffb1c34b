"""The lesson beside the board in Chromium: autosave, conflicts, blocks, its address."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authoring import Desk
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.browser.writers import SAVED, click_lesson, expect_state, read, write_at_the_end
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser


def test_what_is_typed_is_saved(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    write_at_the_end(page, " More of it.")
    expect_state(page, SAVED)
    with page.expect_response("**/blocks/*"):
        write_at_the_end(page, " And more.")
    expect_state(page, SAVED)
    page.reload()
    assert read(page) == "About loops. More of it. And more."


def test_leaving_saves_at_once(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    write_at_the_end(page, " Last words.")
    page.get_by_role("link", name="Close the lesson").click()
    expect(page.locator("#drawer")).to_have_count(0)
    expect(page.locator(":focus")).to_have_text("Loops")
    click_lesson(page)
    assert read(page) == "About loops. Last words."


def test_a_lost_connection_loses_nothing(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.route("**/blocks/*", lambda route: route.abort())
    write_at_the_end(page, " Offline.")
    expect_state(page, "Not saved, trying again")
    page.unroute("**/blocks/*")
    expect_state(page, SAVED)
    page.reload()
    assert read(page) == "About loops. Offline."


def test_text_that_never_arrived_is_brought_back(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.route("**/blocks/*", lambda route: route.abort())
    write_at_the_end(page, " Kept here.")
    expect_state(page, "Not saved, trying again")
    page.reload()
    note = page.locator(".kept-text")
    expect(note).to_contain_text("What you typed earlier is back")
    assert read(page) == "About loops. Kept here."
    page.unroute("**/blocks/*")
    expect_state(page, SAVED)
    with page.expect_response("**/blocks/*"):
        note.get_by_role("button", name="Drop it").click()
    expect_state(page, SAVED)
    assert read(page) == "About loops."
    page.reload()
    expect(note).to_have_count(0)


def both_write(desk: Desk, new_page: NewPage) -> tuple[Page, Page]:
    """Two people rewrite the same block; the second is told."""
    mine, theirs = desk.open(new_page), desk.open(new_page)
    for page in (mine, theirs):
        click_lesson(page)
    mine.route("**/board/changes*", lambda route: route.abort())  # or it would show theirs first
    write_at_the_end(theirs, " Theirs.")
    expect_state(theirs, SAVED)
    write_at_the_end(mine, " Mine.")
    expect(mine.locator(".versus .yours")).to_contain_text("About loops. Mine.")
    expect(mine.locator(".versus .theirs")).to_contain_text("About loops. Theirs.")
    return mine, theirs


def test_a_conflict_can_be_settled_with_mine(desk: Desk, new_page: NewPage) -> None:
    mine, theirs = both_write(desk, new_page)
    mine.get_by_role("button", name="Keep mine").click()
    expect_state(mine, SAVED)
    theirs.reload()
    assert read(theirs) == "About loops. Mine."


def test_a_conflict_can_be_settled_with_theirs(desk: Desk, new_page: NewPage) -> None:
    mine, _ = both_write(desk, new_page)
    mine.get_by_role("link", name="Take theirs").click()
    expect(mine.locator(".versus")).to_have_count(0)
    expect(mine.locator("#blocks [contenteditable]")).to_have_text("About loops. Theirs.")


def test_a_block_is_added_marked_and_moved(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.locator(".add-block").get_by_role("button", name="Text").click()
    expect(page.locator("#blocks .block")).to_have_count(2)
    page.keyboard.type("plain ")
    page.keyboard.press("Control+b")
    page.keyboard.type("strong")
    expect_state(page, SAVED)
    page.get_by_role("button", name="Move the block up").click()
    expect(page.locator("#blocks .block").first).to_contain_text("plain strong")
    page.reload()
    expect(page.locator("#blocks [contenteditable] :is(b, strong)")).to_have_text("strong")
    assert read(page) == "plain strong"
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove the block").first.click()
    expect(page.locator("#blocks .block")).to_have_count(1)
    assert read(page) == "About loops."


def test_a_block_is_dragged_by_its_grip(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.locator(".add-block").get_by_role("button", name="Code").click()
    blocks = page.locator("#blocks .block")
    expect(blocks).to_have_count(2)
    blocks.nth(1).locator(".grip").hover()
    page.mouse.down()
    target = blocks.nth(0).bounding_box()
    assert target
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] / 2, steps=8)
    expect(blocks.nth(0)).to_have_class(re.compile(r"\bgap\b"))
    page.wait_for_timeout(200)  # a browser asks on while the hand rests; here only moves do
    page.mouse.move(target["x"] + 62, target["y"] + target["height"] / 2, steps=2)
    with page.expect_response("**/move"):
        page.mouse.up()
    expect(blocks.nth(0)).to_contain_text("Code")
    page.reload()
    expect(blocks.nth(0)).to_contain_text("Code")


def test_the_lesson_has_an_address_and_a_history(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    address = page.url
    assert "/lessons/" in address
    page.go_back()
    expect(page.locator("#drawer")).to_have_count(0)
    assert page.url.endswith("/board")
    page.go_forward()
    expect(page.locator("#drawer")).to_be_visible()
    write_at_the_end(page, " After going forward.")
    expect_state(page, SAVED)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_have_count(0)
    page.goto(address)
    assert read(page) == "About loops. After going forward."


def test_settings_show_on_the_card(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.locator(".lesson-settings summary").click()
    page.locator("#lesson-minutes").fill("45")
    page.locator("#lesson-required").select_option("Optional")
    card = page.locator(".card", has_text="Loops")
    expect(card).to_contain_text("45 min")
    expect(card).to_contain_text("optional")
    expect(page.locator(".lesson-settings")).to_contain_text("45 min")


def test_without_javascript_the_block_is_a_form(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, java_script_enabled=False)
    page.get_by_role("link", name="Loops", exact=True).click()
    page.get_by_label("Text, as HTML").fill("<p>By <em>form</em>.</p>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Saved.")
    expect(page.get_by_label("Text, as HTML")).to_have_value("<p>By <em>form</em>.</p>")
    page.get_by_role("link", name="Close the lesson").click()
    expect(page.locator("#drawer")).to_have_count(0)


def test_the_lesson_is_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, **LOOKED_AT)
    click_lesson(page)
    for kind in ("Code", "Callout", "Assignment"):
        page.locator(".add-block").get_by_role("button", name=kind).click()
        expect(page.locator("#drawer")).to_contain_text(kind)
    assert_shown_to_everybody(page)
