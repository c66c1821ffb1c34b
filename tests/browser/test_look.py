"""The look in Chromium: for everyone, in both themes, at every width, by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.home.routes.styleguide import PAGES
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.support import run
from tests.support.browser import DESKTOP, PHONE, NewPage
from tests.support.databases import make_sqlite
from tests.support.servers import School

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
ADDRESSES = ["/styleguide", "/nothing-here", *(f"/styleguide/{name}" for name in PAGES)]
# Everything that can be pressed, smaller than 24 by 24 and not a link within a sentence.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")]
    .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, .skip, p, .prose"))
    .map(one => [one, (one.closest("label") || one).getBoundingClientRect()])
    .filter(([one, box]) => box.width && (box.width < 24 || box.height < 24))
    .filter(([one]) => getComputedStyle(one).display !== "inline")
    .map(([one]) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def school() -> Iterator[School]:
    """One web server for all of these, which change nothing in it; the look needs no worker."""
    path = run.own_folder() / "look.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}")
    school.serve(processes=1, threads=8)
    yield school
    school.stop()


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_nobody_is_shut_out(school: School, new_page: NewPage, size: dict[str, int]) -> None:
    page = new_page(**LOOKED_AT, viewport=size)
    for address in ADDRESSES:
        page.goto(school.url + address)
        assert_shown_to_everybody(page, [size])
        assert page.evaluate(SMALL_TARGETS) == [], address


def test_text_twice_as_large_still_fits(school: School, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 640, "height": 800})
    for address in ADDRESSES:
        page.goto(school.url + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert width_of(page) <= 640, f"{address} is too wide"


def test_a_theme_is_chosen_at_once_and_kept(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide/catalogue")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(ground)
    assert dark != light
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    response = page.goto(school.url + "/styleguide/people")
    assert response is not None
    assert '<html lang="en" data-theme="dark">' in response.text()
    assert page.evaluate(ground) == dark


def test_slash_leads_to_the_search_box_but_not_while_typing(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide/people")
    search = page.get_by_label("Search courses and lessons")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_the_first_tab_skips_to_the_content(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide/people")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_dialog_and_a_menu_close_on_escape(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide")
    page.get_by_role("button", name="Open a dialog").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Actions for Loops").first.click()
    rename = page.get_by_role("button", name="Rename")
    expect(rename).to_be_visible()
    page.keyboard.press("Escape")
    expect(rename).to_be_hidden()


def test_a_menu_stands_beside_its_button(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide/board")
    button = page.get_by_role("button", name="Actions for Loops")
    button.click()
    menu = page.locator(".menu:popover-open")
    at, stands = button.bounding_box(), menu.bounding_box()
    assert at is not None
    assert stands is not None
    assert abs(stands["x"] + stands["width"] - at["x"] - at["width"]) < 8
    assert 0 <= stands["y"] - at["y"] - at["height"] < 16


def test_a_phone_has_its_menu_and_outline_in_popovers(school: School, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(school.url + "/styleguide/player")
    outline = page.get_by_role("complementary", name="Outline of the course")
    expect(outline).to_be_hidden()
    page.get_by_role("button", name="Outline").click()
    expect(outline).to_be_visible()
    page.keyboard.press("Escape")
    expect(outline).to_be_hidden()
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(navigation).to_be_visible()


def test_a_notice_can_be_closed(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide")
    notices = page.locator(".notice")
    before = notices.count()
    notices.first.get_by_role("button", name="Close").click()
    expect(notices).to_have_count(before - 1)


def test_what_happened_is_said_and_shown(school: School, page: Page) -> None:
    page.goto(school.url + "/styleguide/board")
    page.evaluate(
        """async address => {
            const { announce, toast } = await import(address);
            announce("Moved to position 2");
            toast("Lesson deleted");
        }""",
        page.locator("script[type=module]").first.evaluate(
            "one => one.src.replace('shell.js', 'live.js')"
        ),
    )
    expect(page.locator("#announcer")).to_have_text("Moved to position 2")
    toast = page.locator("#toasts .toast", has_text="Lesson deleted")
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


def width_of(page: Page) -> int:
    """How wide the page wants to be."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
