"""Finding a course in Chromium: while typing, by facets, back and forth, without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.courses.models import Difficulty
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.factories.accounts import make_user
from tests.factories.courses import make_course, make_subject
from tests.support import run
from tests.support.browser import NewPage
from tests.support.databases import make_sqlite
from tests.support.servers import School

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def school() -> Iterator[School]:
    """One school for all of these, which only read in it."""
    path = run.own_folder() / "catalogue.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}", RATE_LIMITS="off")
    with school.app.app_context():
        _fill()
    school.serve(processes=1, threads=8)
    yield school
    school.stop()


def _fill() -> None:
    owner = make_user("Miriam Rao")
    computing, health = make_subject("Computing"), make_subject("Health")
    objectives = ["Check a scene", "Stop a bleeding", "Call for help", "Recognise a stroke"]
    for number in range(24):
        make_course(f"Reading {number}", owner=owner, subject=computing)
    make_course("Loops in Python", owner=owner, subject=computing, difficulty=Difficulty.ADVANCED)
    make_course(
        "First aid",
        owner=owner,
        slug="first-aid",
        subject=health,
        summary="What to do in the first ten minutes, practised until it is habit.",
        objectives=objectives,
        overview="Short scenes.\n\nTwo evenings.",
        modules=3,
        capacity=20,
        taken=18,
    )


def titles(page: Page) -> list[str]:
    return page.locator(".course-card h3").all_inner_texts()


def test_courses_are_found_while_typing(school: School, page: Page) -> None:
    page.goto(school.url + "/courses")
    box = page.get_by_label("Search titles, topics, lessons")
    box.press_sequentially("loop", delay=20)
    expect(page.locator(".course-card")).to_have_count(1)
    assert titles(page) == ["Loops in Python"]
    expect(page).to_have_url(school.url + "/courses?q=loop")
    expect(box).to_be_focused()
    assert box.input_value() == "loop"
    expect(page.locator("#catalogue-count")).to_have_text("1 course")


def test_what_is_typed_meanwhile_is_kept_and_the_last_search_wins(
    school: School, page: Page
) -> None:
    page.goto(school.url + "/courses")
    late: list[str] = []

    def slow(route: object) -> None:
        late.append(route.request.url)  # type: ignore[attr-defined]
        page.wait_for_timeout(600 if len(late) == 1 else 0)
        route.continue_()  # type: ignore[attr-defined]

    page.route(re.compile(r"/courses\?q="), slow)
    box = page.get_by_label("Search titles, topics, lessons")
    box.press_sequentially("read")
    page.wait_for_timeout(350)
    box.press_sequentially("ing 7")
    expect(page.locator(".course-card")).to_have_count(1)
    page.wait_for_timeout(500)
    assert titles(page) == ["Reading 7"]
    assert box.input_value() == "reading 7"


def test_facets_combine_let_go_and_are_steps_of_the_history(school: School, page: Page) -> None:
    page.goto(school.url + "/courses")
    page.get_by_role("link", name=re.compile("^Computing")).click()
    expect(page).to_have_url(school.url + "/courses?subject=computing")
    page.get_by_role("link", name=re.compile("^Advanced")).click()
    expect(page.locator(".course-card")).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(school.url + "/courses?subject=computing")
    expect(page.locator(".course-card")).to_have_count(25)
    page.get_by_role("link", name=re.compile("^Computing")).click()
    expect(page).to_have_url(school.url + "/courses")
    page.reload()
    expect(page.get_by_role("link", name="All", exact=True)).to_have_attribute(
        "aria-current", "true"
    )


def test_words_facets_order_and_pages_go_together(school: School, page: Page) -> None:
    page.goto(school.url + "/courses?subject=computing")
    page.get_by_label("Sorted by").select_option("title")
    expect(page.locator(".course-card h3").first).to_have_text("Loops in Python")
    expect(page).to_have_url(re.compile("subject=computing"))
    page.goto(school.url + "/courses")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".course-card")).to_have_count(1)
    expect(page).to_have_url(school.url + "/courses?page=2")
    assert page.evaluate("scrollY") == 0


def test_it_works_without_javascript(school: School, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(school.url + "/courses?subject=computing")
    page.get_by_label("Search titles, topics, lessons").fill("loops")
    page.get_by_role("button", name="Search").click()
    assert titles(page) == ["Loops in Python"]
    assert "subject=computing" in page.url
    page.get_by_role("link", name="Loops in Python").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loops in Python")


def test_nobody_is_shut_out(school: School, new_page: NewPage) -> None:
    page = new_page(**LOOKED_AT)
    for path in ("/courses", "/courses?q=zzzz", "/courses?level=advanced", "/courses/first-aid"):
        page.goto(school.url + path)
        assert_shown_to_everybody(page)
