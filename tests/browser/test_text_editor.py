"""The text editor in Chromium: what its tools and keys write, and how pasted text comes in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authoring import Desk, live
from tests.browser.pasted import GOOGLE_DOCS, WEB_PAGE, WORD, Clipboard
from tests.browser.writers import SAVED, click_lesson, editor_of, expect_state
from tests.support.browser import NewPage

pytestmark = pytest.mark.browser
_PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def open_text(desk: Desk, new_page: NewPage) -> Page:
    """Open a lesson and empty its one text, with the cursor in it."""
    page = desk.open(new_page)
    click_lesson(page)
    editor_of(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    return page


def stored(page: Page) -> str:
    """What the first block says once it is saved, read from the server again."""
    # What is typed is kept in the browser until all of it has been saved.
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.includes('typed:'))")
    expect_state(page, SAVED)
    page.reload()
    return str(page.locator("#blocks textarea[data-richtext]").first.input_value())


def paste(page: Page, html: str) -> None:
    """Paste `html` where the cursor is, as a browser would."""
    page.evaluate(_PASTE, [html, re.sub(r"<[^>]*>", "", html)])


def tool(page: Page, name: str) -> None:
    """Click one of the tools."""
    page.get_by_role("toolbar", name="Text tools").get_by_role("button", name=name).first.click()


def test_marks_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.keyboard.type("plain ")
    page.keyboard.press("Control+b")
    page.keyboard.type("strong")
    page.keyboard.press("Control+b")
    page.keyboard.type(" ")
    page.keyboard.press("Control+i")
    page.keyboard.type("so")
    page.keyboard.press("Control+i")
    page.keyboard.type(" ")
    page.keyboard.press("Control+e")
    page.keyboard.type("x = 1")
    assert stored(page) == "<p>plain <strong>strong</strong> <em>so</em> <code>x = 1</code></p>"


def test_headings_and_lists(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.keyboard.type("Title")
    page.keyboard.press("Control+Alt+2")
    page.keyboard.press("Enter")
    page.keyboard.type("below")
    page.get_by_label("Kind of text").select_option("Text")
    page.keyboard.press("Enter")
    tool(page, "List")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Tab")
    page.keyboard.type(" deep")
    wanted = "<h2>Title</h2><p>below</p><ul><li>one<ul><li>two deep</li></ul></li></ul>"
    assert stored(page) == wanted


def test_a_link_is_asked_for(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.keyboard.type("here")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("Control+k")
    page.get_by_label("Where the link leads").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Where the link leads")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Where the link leads").fill("example.org/a")
    page.keyboard.press("Enter")
    expect(editor_of(page)).to_be_focused()
    assert 'href="https://example.org/a"' in stored(page)


def test_a_table_is_made_and_grown(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    tool(page, "Table")
    for word in ("A", "B", "C", "1", "2", "3", "4", "5", "6"):
        page.keyboard.type(word)
        if word != "6":
            page.keyboard.press("Tab")
    tool(page, "Add column")
    page.keyboard.type("7")
    tool(page, "Add row")
    page.keyboard.type("8")
    html = stored(page)
    assert [html.count(f"<{tag}") for tag in ("table", "tr", "th", "td")] == [1, 4, 5, 12]
    assert "<td>6</td><td>7</td>" in html


def test_typing_is_undone_and_done_again(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.keyboard.type("first")
    page.keyboard.press("Enter")
    page.keyboard.type("second")
    tool(page, "Bold")
    page.keyboard.type(" third")
    page.keyboard.press("Control+z")
    expect(editor_of(page)).not_to_contain_text("third")
    page.keyboard.press("Control+y")
    expect(editor_of(page)).to_contain_text("third")


@pytest.mark.parametrize("source", [WORD, GOOGLE_DOCS, WEB_PAGE], ids=lambda one: one.name)
def test_pasted_text_comes_in_clean(desk: Desk, new_page: NewPage, source: Clipboard) -> None:
    page = open_text(desk, new_page)
    paste(page, source.html)
    assert stored(page) == source.clean


EVERYTHING = (
    "<h2>Head</h2><p>One <strong>b</strong> <em>i</em> <code>x</code> <kbd>Ctrl</kbd> <q>q</q> "
    '<abbr title="x">ab</abbr> H<sub>2</sub>O <del>d</del> <cite>c</cite></p>'
    '<ul><li>a<ul><li>b</li></ul></li></ul><ol start="3"><li>c</li></ol>'
    '<table><thead><tr><th scope="col">A</th><th>B</th></tr></thead>'
    "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    "<dl><dt>t</dt><dd>d</dd></dl>"
    '<pre><code class="language-python">a = 1\n  b = 2</code></pre>'
    "<figure><figcaption>c</figcaption></figure><blockquote><p>q</p></blockquote><h4>four</h4>"
)
_SET = """([html]) => {
  const field = document.querySelector("#blocks textarea[data-richtext]");
  field.value = html;
  field.dispatchEvent(new Event("lectern:set"));
}"""


def test_what_is_there_already_is_kept(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.evaluate(_SET, [EVERYTHING])
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    assert stored(page) == EVERYTHING.replace("four</h4>", "four!</h4>")


def test_a_text_that_the_editor_would_cut_stays_a_field(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    paste(page, "<p>x</p>")
    stored(page)
    field = page.locator("#blocks textarea[data-richtext]").first
    folded = "<details><summary>More</summary><p>y</p></details>"
    field.evaluate("(field, html) => { field.hidden = false; field.value = html; }", folded)
    field.press("End")
    field.type(" ")
    expect_state(page, SAVED)
    page.reload()
    expect(page.get_by_label("Text, as HTML")).to_be_visible()
    expect(page.locator("#blocks .richtext")).to_have_count(0)


def test_without_the_cdn_the_field_is_typed_in(desk: Desk, new_page: NewPage) -> None:
    page = new_page(storage_state=desk.studio.browser_state)
    page.route("**/squire*", lambda route: route.abort())
    page.goto(f"{desk.url}/board")
    live(page)
    page.get_by_role("link", name="Loops", exact=True).click()
    page.get_by_label("Text, as HTML").fill("<p>Typed as <em>source</em>.</p>")
    assert stored(page) == "<p>Typed as <em>source</em>.</p>"


def test_the_editor_comes_with_a_lesson_only(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page)
    assert page.evaluate("typeof Squire") == "undefined"
    page.get_by_role("link", name="Loops", exact=True).click()
    expect(editor_of(page)).to_be_visible()
    assert page.evaluate("typeof Squire") == "function"


def test_the_tools_are_reached_by_keyboard(desk: Desk, new_page: NewPage) -> None:
    page = open_text(desk, new_page)
    page.keyboard.type("word")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_label("Kind of text")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(editor_of(page)).to_be_focused()
    page.keyboard.type(" strong")
    assert stored(page) == "<p>word<strong> strong</strong></p>"
