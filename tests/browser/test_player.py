"""The player and its neighbours in Chromium: in place, by page, by keyboard, on a phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from app.blueprints.accounts.models import User
from app.blueprints.builder.rules.texts import FIRST, AddBlock
from app.blueprints.courses.models import CompletionRule, Course, CourseVersion
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.builder.steps import edit_text
from tests.factories.accounts import actor_for, make_user, session_cookie
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.learning.steps import add, certificates, do, enrol, lesson_in, republish
from tests.support import run
from tests.support.accessibility import assert_accessible
from tests.support.browser import PHONE, NewPage
from tests.support.databases import make_sqlite
from tests.support.servers import School

pytestmark = pytest.mark.browser

WATCHED = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
LONG = "A paragraph that is long enough to be scrolled through. " * 120


@dataclass(frozen=True)
class Place:
    """A running school, and what the tests need to know of it."""

    school: School

    def learner(self) -> tuple[User, Course]:
        """A new learner in a new course of three long lessons."""
        with self.school.app.app_context():
            course, user = make_course(lessons=3, text=LONG), make_user()
            enrol(actor_for(user), course)
            return user, course

    def enter(self, page: Page, user: User) -> None:
        """Let the page act as `user`."""
        with self.school.app.app_context():
            name, value = session_cookie(self.school.app, user)
        page.context.add_cookies([{"name": name, "value": value, "url": self.school.url}])

    def open(self, page: Page, path: str) -> None:
        """Go to a page of the school."""
        page.goto(self.school.url + path)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    path = run.own_folder() / "player.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}")
    school.serve(processes=1, threads=8)
    yield Place(school)
    school.stop()


def test_marking_as_done_moves_on_in_place(place: Place, page: Page) -> None:
    user, course = place.learner()
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    page.evaluate("window.stayed = true")
    page.mouse.wheel(0, 3000)
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("heading", name="Lesson 2")).to_be_in_viewport()
    assert page.evaluate("window.stayed"), "the whole page was loaded"
    assert page.url.endswith(f"/learning/{course.slug}/l2")
    expect(page).to_have_title(re.compile("^Lesson 2"))
    expect(page.locator("#outline")).to_contain_text("1 of 3 done")
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator("#outline [aria-current=page]")).to_contain_text("Lesson 2")
    page.go_back()
    expect(page.get_by_role("heading", name="Lesson 1")).to_be_visible()
    expect(page.get_by_role("button", name="Mark as not done")).to_be_visible()


def test_a_tick_is_taken_back_in_place(place: Place, page: Page) -> None:
    user, course = place.learner()
    with place.school.app.app_context():
        do(actor_for(user), course, "l1")
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    page.get_by_role("button", name="Mark as not done").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()
    expect(page.locator("#outline")).to_contain_text("0 of 3 done")
    expect(page.locator("#main")).to_contain_text("A paragraph")


def test_the_last_lesson_leads_to_the_certificate(place: Place, page: Page) -> None:
    user, course = place.learner()
    with place.school.app.app_context():
        do(actor_for(user), course, "l1", "l2")
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}")
    page.get_by_role("button", name="Mark as done").click()
    page.get_by_role("link", name="See your certificate").click()
    expect(page.get_by_text("This certificate is valid")).to_be_visible()


def test_everything_works_without_javascript(place: Place, new_page: NewPage) -> None:
    user, course = place.learner()
    page = new_page(java_script_enabled=False)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}")
    for number in (2, 3):
        page.get_by_role("button", name="Mark as done").click()
        expect(page.get_by_role("heading", name=f"Lesson {number}")).to_be_visible()
    page.get_by_role("link", name="Lesson 1").first.click()
    page.get_by_role("button", name="Mark as not done").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()


def test_on_a_phone_the_outline_opens_over_the_lesson(place: Place, new_page: NewPage) -> None:
    user, course = place.learner()
    page = new_page(viewport=PHONE)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    outline = page.locator("#outline")
    expect(outline).to_be_hidden()
    page.get_by_role("button", name="Outline").click()
    expect(outline).to_be_visible()
    outline.get_by_role("link", name="Lesson 3").click()
    expect(page.get_by_role("heading", name="Lesson 3")).to_be_visible()
    expect(page.locator("#outline")).to_be_hidden()


def test_the_roster_is_searched_while_typing(place: Place, page: Page) -> None:
    _user, course = place.learner()
    with place.school.app.app_context():
        for name in ("Ben Idris", "Chi Lam"):
            make_enrollment(make_user(name), course)
        owner = owner_of(course)
    place.enter(page, owner)
    place.open(page, f"/teaching/{course.slug}/people")
    page.get_by_label("Search names and addresses").press_sequentially("idris")
    expect(page.locator("#roster-rows")).not_to_contain_text("Chi Lam")
    expect(page.locator("#roster-rows")).to_contain_text("Ben Idris")
    assert page.url.endswith("?q=idris")


def test_the_pages_are_for_everyone(place: Place, new_page: NewPage) -> None:
    user, course = place.learner()
    with place.school.app.app_context():
        do(actor_for(user), course, "l1", "l2", "l3")
        serial = certificates(course)[0].serial
        republish(course, add("n1"), redo=["l1"])
        full = make_course(capacity=1)
        make_enrollment(make_user("Ben Idris"), full)
        owner = owner_of(course)
    page = new_page(**LOOKED_AT)
    place.enter(page, user)
    learning = f"/learning/{course.slug}"
    own = ("/learning", learning, f"{learning}/n1", f"{learning}/l2", f"/certificates/{serial}")
    for path in (*own, f"/learning/{full.slug}", f"/courses/{full.slug}"):
        place.open(page, path)
        assert_shown_to_everybody(page)
    place.enter(page, owner)
    for path in (f"/teaching/{course.slug}/people", f"{learning}/l2", f"/certificates/{serial}"):
        place.open(page, path)
        assert_shown_to_everybody(page)


def with_rule(place: Place, key: str, **values: object) -> tuple[User, Course]:
    """A learner in a course, one lesson of which has these settings."""
    user, course = place.learner()

    def edit(version: CourseVersion) -> None:
        for name, value in values.items():
            setattr(lesson_in(version, key), name, value)

    with place.school.app.app_context():
        republish(course, edit)
    return user, course


def test_a_lesson_is_done_when_its_time_has_passed(place: Place, page: Page) -> None:
    timed = {"completion_rule": CompletionRule.TIMED, "completion_seconds": 3}
    user, course = with_rule(place, "l1", **timed)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    expect(page.locator("#player-bar")).to_contain_text("Done in 0:0")
    page.get_by_role("button", name="Done in").click()
    expect(page.locator("#outline")).to_contain_text("0 of 3 done")
    expect(page.locator("#outline")).to_contain_text("1 of 3 done", timeout=10_000)
    assert page.url.endswith("/l1")
    expect(page.get_by_role("button", name="Mark as not done")).to_be_visible()


def test_a_lesson_is_done_when_its_end_is_reached(place: Place, page: Page) -> None:
    user, course = with_rule(place, "l1", completion_rule=CompletionRule.AUTOMATIC)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    page.wait_for_timeout(500)
    expect(page.locator("#outline")).to_contain_text("0 of 3 done")
    page.keyboard.press("End")
    expect(page.locator("#outline")).to_contain_text("1 of 3 done")
    assert page.url.endswith("/l1")


def test_a_film_from_elsewhere_is_fetched_by_a_click_alone(place: Place, page: Page) -> None:
    user, course = place.learner()
    film = {"key": "film00000001", "type": "video", "url": WATCHED, "title": "Loops in a minute"}
    with place.school.app.app_context():
        edit_text(actor_for(owner_of(course)), course, "l1", AddBlock(film, after=FIRST))
        republish(course)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<p>The film plays</p>")

    page.route(re.compile("youtu"), answer)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    card = page.get_by_role("link", name="Loops in a minute")
    expect(card).to_contain_text("Play from www.youtube-nocookie.com")
    page.wait_for_load_state("networkidle")
    assert asked == []
    card.click()
    frame = page.locator("iframe[title='Loops in a minute']")
    expect(frame.content_frame.get_by_text("The film plays")).to_be_visible()
    expect(frame).to_be_focused()
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0"]
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
    expect(frame).to_have_attribute("sandbox", re.compile("^((?!top-navigation|forms).)*$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_closed_lesson_is_explained(place: Place, new_page: NewPage, scheme: str) -> None:
    user, course = with_rule(place, "l2", release={"rule": "after", "key": "l1"})
    page = new_page(color_scheme=scheme, bypass_csp=True)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l2")
    expect(page.locator("#main")).to_contain_text("It opens when you finish “Lesson 1”.")
    expect(page.locator("#outline .tick.locked")).to_have_count(1)
    assert_accessible(page)


def test_time_and_ends_need_no_javascript(place: Place, new_page: NewPage) -> None:
    timed = {"completion_rule": CompletionRule.TIMED, "completion_seconds": 1}
    user, course = with_rule(place, "l1", **timed)
    page = new_page(java_script_enabled=False)
    place.enter(page, user)
    place.open(page, f"/learning/{course.slug}/l1")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_timeout(1100)
    page.reload()
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("heading", name="Lesson 2")).to_be_visible()
