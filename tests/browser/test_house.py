"""The door, the settings, the back office and the house's own pages in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import find_course_by_id
from app.blueprints.messaging import services
from app.blueprints.messaging.services import News
from app.core.db import writing
from tests.browser.everybody import LOOKED_AT, assert_shown_to_everybody
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.courses import make_asset, make_course
from tests.support import run
from tests.support.browser import NewPage
from tests.support.databases import make_sqlite
from tests.support.servers import School

pytestmark = pytest.mark.browser

STRANGERS = ["/", "/login", "/signup", "/settings/appearance"]
ADMINS = [
    "/settings/profile",
    "/settings/security",
    "/teaching",
    "/teaching/library",
    "/admin",
    "/admin/people",
    "/admin/people/1",
    "/admin/tiers",
    "/admin/tiers/new",
    "/admin/courses",
    "/admin/jobs?state=all",
    "/admin/mails",
    "/admin/audit",
    "/notifications",
    "/settings/notifications",
    "/dev/mail",
]


@pytest.fixture(scope="module")
def school() -> Iterator[School]:
    """One web server with a few people and courses."""
    path = run.own_folder() / "house.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}")
    with school.app.app_context():
        admin = make_user("Ann Admin", email="admin@example.org", roles=["admin", "contributor"])
        for number in range(30):
            make_user(f"Person {number:02}")
        course = make_course("Statistics without fear", owner=admin)
        for kind in ("let_in", "rejected", "offered"):
            tell(admin.id, course, kind)
        written = make_course("A course being written", owner=admin, published=False)
        for name in ("Soil map.png", "A film of a very long walk over fields and meadows.mp4"):
            make_asset(written, name.encode(), name=name)
    school.serve(processes=1, threads=8)
    yield school
    school.stop()


def tell(user_id: int, course: Course, kind: str, key: str = "") -> None:
    """Somebody is told something about a course."""
    about = {"course": course.title, "reason": "Because.", "ends_at": "2026-11-21T17:05:00+00:00"}
    with writing():
        services.tell(News(kind, kind + key, course.id, about), [user_id])


def log_in(page: Page, school: School, next_page: str = "/admin") -> None:
    page.goto(f"{school.url}/login?next={next_page}")
    page.get_by_label("E-mail").fill("admin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{next_page}")


def test_every_page_is_for_everybody(school: School, new_page: NewPage) -> None:
    page = new_page(**LOOKED_AT)
    for address in STRANGERS:
        look_at(page, school.url + address)
    log_in(page, school)
    for address in ADMINS:
        look_at(page, school.url + address)


def look_at(page: Page, url: str) -> None:
    response = page.goto(url)
    assert response is not None
    assert response.status == 200
    assert_shown_to_everybody(page)


def test_signing_up_and_out(school: School, page: Page) -> None:
    page.goto(f"{school.url}/signup")
    page.get_by_label("Your name").fill("Grace Lee")
    page.get_by_label("E-mail").fill("grace@example.org")
    page.get_by_label("Password").fill("password1234")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Grace Lee")
    page.get_by_label("Password").fill("a walk by the sea")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/learning")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{school.url}/")
    expect(page.get_by_text("You are logged out.")).to_be_visible()


def test_the_bell_rings_by_itself_and_opening_a_notice_leads_there(
    school: School, page: Page
) -> None:
    page.clock.install()
    log_in(page, school, "/admin/people")
    bell = page.locator("#bell")
    count = int(bell.locator(".count").inner_text())
    with school.app.app_context():
        course = find_course_by_id(1)
        assert course
        tell(1, course, "joined_line", "again")
    page.clock.fast_forward("01:05")
    expect(bell.locator(".count")).to_have_text(str(count + 1))
    expect(page.locator("#announcer")).to_have_text(f"{count + 1} unread notices")
    bell.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="You are in line").press("Enter")
    page.wait_for_url("**/courses/**")
    expect(bell.locator(".count")).to_have_text(str(count))


def test_the_list_of_people_narrows_while_one_types(school: School, page: Page) -> None:
    log_in(page, school, "/admin/people")
    search = page.get_by_label("Name or e-mail")
    search.press_sequentially("person 17")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(search).to_be_focused()
    expect(search).to_have_value("person 17")
    assert "q=person+17" in page.url
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_roles_are_given_without_script(school: School, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    log_in(page, school, "/admin/people")
    page.get_by_label("Name or e-mail").fill("person 05")
    page.get_by_label("Name or e-mail").press("Enter")
    page.get_by_role("link", name="Person 05").click()
    page.get_by_label("Contributor").check()
    page.get_by_role("button", name="Save roles").click()
    expect(page.get_by_text("Person 05 has these roles from now on.")).to_be_visible()
    expect(page.get_by_label("Tier")).to_be_visible()


def test_the_form_of_the_theme_works_without_script(school: School, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{school.url}/settings/appearance")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
