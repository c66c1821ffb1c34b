"""Blocks beside the board in Chromium: added by menu, moved by keys and touch, with files."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.authoring import Desk
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.browser.writers import SAVED, click_lesson, expect_state
from tests.factories import files
from tests.support.browser import PHONE, NewPage

pytestmark = pytest.mark.browser
PICTURE: FilePayload = {
    "name": "pot.png",
    "mimeType": "image/png",
    "buffer": files.picture("PNG", (60, 40)),
}
_HAND_OVER = """([kind, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "pot.png", { type: "image/png" }));
  const target = kind === "paste" ? document.activeElement : document.querySelector("#blocks");
  const options = { bubbles: true, cancelable: true };
  target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: data })
    : new DragEvent("drop", { ...options, dataTransfer: data }));
}"""


def add(page: Page, kind: str) -> None:
    """Add a block at the end."""
    page.locator(".add-block").get_by_role("button", name=kind).click()


def said(page: Page, words: str) -> None:
    """The live region says so."""
    expect(page.locator("#announcer")).to_have_text(words)


def test_a_slash_adds_a_block(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    add(page, "Text")
    expect(blocks).to_have_count(2)
    expect(blocks.nth(1).locator("[contenteditable]")).to_be_focused()
    page.keyboard.type("/")
    options = page.locator("#block-menu [role=option]:visible")
    expect(options).to_have_count(9)
    page.keyboard.type("im")
    expect(options).to_have_text(["Image"])
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    said(page, "Code")
    page.keyboard.press("Enter")
    expect(blocks.nth(1).get_by_label("Code")).to_be_focused()
    expect(blocks).to_have_count(2)
    said(page, "Code, block 2 of 2")


def test_a_slash_in_a_sentence_is_a_slash(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    click_lesson(page)
    page.locator("#blocks [contenteditable]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and/or /im")
    expect(page.locator("#block-menu")).to_be_hidden()


def test_the_plus_adds_a_block_between(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    add(page, "Assignment")
    expect(blocks).to_have_count(2)
    blocks.first.hover()
    plus = blocks.first.get_by_role("button", name="Add a block below")
    plus.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Which block")).to_be_focused()
    page.keyboard.press("Escape")
    expect(plus).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("quiz")
    page.keyboard.press("Enter")
    expect(blocks).to_have_count(3)
    expect(blocks.nth(1)).to_contain_text("Question 1")


def test_blocks_move_by_keys_and_keep_the_focus(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    page.locator("#blocks [contenteditable]").click()
    add(page, "Code")
    code = page.get_by_role("textbox", name="Code")
    code.fill("x = 1")
    page.keyboard.press("Alt+ArrowUp")
    expect(blocks.first).to_contain_text("Code")
    said(page, "Code, block 1 of 2")
    expect(code).to_have_value("x = 1")
    page.keyboard.press("Alt+ArrowDown")
    expect(blocks.nth(1)).to_contain_text("Code")


def test_a_block_is_duplicated_removed_and_brought_back(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    blocks.first.hover()
    page.get_by_role("button", name="Duplicate the block").click()
    expect(blocks).to_have_count(2)
    blocks.first.get_by_role("button", name="Remove the block").click()
    expect(blocks).to_have_count(1)
    undo = page.locator(".block-removed").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(blocks).to_have_count(2)
    expect(page.locator(".block-removed")).to_have_count(0)


def test_a_picture_is_chosen_and_its_words_asked_for(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    add(page, "Image")
    blocks.nth(1).locator("input[type=file]").set_input_files([PICTURE])
    expect(blocks.nth(1).locator("img")).to_have_attribute("width", "60")
    alt = page.get_by_label("What it shows")
    expect(alt).to_be_focused()
    page.keyboard.type("A pot")
    expect_state(page, SAVED)
    page.goto(f"{page.url}/preview")
    expect(page.get_by_role("img", name="A pot")).to_be_visible()


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_is_handed_over(desk: Desk, new_page: NewPage, kind: str) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    page.locator("#blocks [contenteditable]").click()
    page.evaluate(_HAND_OVER, [kind, list(PICTURE["buffer"])])
    expect(blocks).to_have_count(2)
    expect(blocks.nth(1).locator("img")).to_be_visible()
    expect(page.get_by_label("What it shows")).to_be_focused()


def test_a_file_that_is_refused_says_why(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    add(page, "Image")
    fake: FilePayload = {**PICTURE, "buffer": b"<svg onload=alert(1)>"}
    blocks.nth(1).locator("input[type=file]").set_input_files([fake])
    expect(page.locator("#toasts .toast")).not_to_be_empty()
    expect(page.locator(".upload-line")).to_have_count(0)
    expect(blocks.nth(1).locator("img")).to_have_count(0)


def test_a_quiz_is_written_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    blocks = click_lesson(page)
    add(page, "Quiz")
    quiz = blocks.nth(1)
    quiz.get_by_label("What is asked").fill("Of what?")
    quiz.get_by_label("Choice 1", exact=True).fill("Sand")
    quiz.get_by_label("Choice 2", exact=True).fill("Clay")
    quiz.get_by_label("Choice 2 is right").focus()
    page.keyboard.press("Space")
    quiz.get_by_role("button", name="Add a choice").press("Enter")
    expect(quiz.get_by_label("Choice 3", exact=True)).to_be_focused()
    page.keyboard.type("Air")
    quiz.get_by_role("button", name="A number").press("Enter")
    expect(quiz.locator(".question")).to_have_count(2)
    expect(quiz.get_by_label("Choice 3", exact=True)).to_have_value("Air")
    expect(quiz.get_by_label("Choice 2 is right")).to_be_checked()
    quiz.get_by_role("link", name="See the block as learners do").click()
    expect(quiz.locator(".block-preview")).to_contain_text("Of what?")
    expect(quiz.locator(".block-preview input")).to_have_count(0)


def test_blocks_are_dragged_by_touch(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, viewport=PHONE, has_touch=True)
    blocks = click_lesson(page)
    add(page, "Code")
    expect(blocks).to_have_count(2)
    box = blocks.nth(1).locator(".grip").bounding_box()
    target = blocks.nth(0).bounding_box()
    assert box
    assert target
    touch = page.context.new_cdp_session(page)

    def point(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = box["x"] + 10, box["y"] + 10
    point("touchStart", x, y)
    page.wait_for_timeout(500)
    for part in range(1, 11):
        point("touchMove", x + 3 * part, y + (target["y"] + 12 - y) * part / 10)
        page.wait_for_timeout(40)
    with page.expect_response("**/move"):
        point("touchEnd", x, target["y"])
    expect(blocks.first).to_contain_text("Code")


def test_without_javascript_files_and_questions_are_forms(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, java_script_enabled=False)
    page.get_by_role("link", name="Loops", exact=True).click()
    add(page, "Image")
    image = page.locator("#blocks > .block-image")
    image.get_by_label("What it shows").fill("A pot")
    image.locator("input[type=file]").set_input_files([PICTURE])
    image.get_by_role("button", name="Send the file").click()
    expect(image.get_by_role("img", name="A pot")).to_be_visible()
    add(page, "Quiz")
    quiz = page.locator("#blocks > .block-quiz")
    quiz.get_by_label("What is asked").fill("Of what?")
    quiz.get_by_role("button", name="Add a choice").click()
    expect(quiz.get_by_label("What is asked")).to_have_value("Of what?")
    expect(quiz.get_by_label("Choice 3", exact=True)).to_be_visible()
    quiz.get_by_role("button", name="Duplicate the block").click()
    expect(quiz).to_have_count(2)


def test_blocks_are_accessible(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page, **LOOKED_AT)
    blocks = click_lesson(page)
    for place, kind in enumerate(("Image", "Video", "File", "Quiz", "Link to another site"), 2):
        add(page, kind)
        expect(blocks).to_have_count(place)
    quiz = page.locator("#blocks > .block-quiz")
    quiz.get_by_role("button", name="A number").click()
    expect(quiz.locator(".question")).to_have_count(2)
    assert_shown_to_everybody(page)
    add(page, "Text")
    expect(blocks).to_have_count(7)
    page.keyboard.type("/")
    expect(page.locator("#block-menu")).to_be_visible()
    assert_shown_to_everybody(page)
