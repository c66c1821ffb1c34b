"""The whole story in a browser: a course comes in, is arranged, published, learned and certified;
then it is changed while somebody is in it.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.authoring import live, press_on
from tests.factories.accounts import PASSWORD, make_user
from tests.material import material
from tests.support.accessibility import assert_accessible
from tests.support.browser import NewPage
from tests.support.servers import PROJECT, School, StartSchool

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
REAL = "markdown/swcarpentry-python-novice-inflammation"
OWN = PROJECT / "app/blueprints/interchange/demo/teaching-with-lectern"
# A publication is a job; it is done when its page says so.
PUBLISHED = 20_000


class Author:
    """The instructor at their board."""

    def __init__(self, page: Page, url: str, slug: str) -> None:
        self.page, self.base = page, f"{url}/teaching/{slug}"

    def board(self) -> None:
        """Open the board."""
        self.page.goto(f"{self.base}/board")
        live(self.page)

    def cards(self, module: int) -> list[str]:
        """The titles of a column's cards."""
        cards = self.page.locator(".column").nth(module).locator(".card .title")
        return [title.strip() for title in cards.all_inner_texts()]

    def add_module(self, title: str) -> None:
        """Add a module at the end."""
        count = self.page.locator(".column").count()
        self.page.get_by_text("Add a module", exact=True).click()
        self.page.get_by_label("Title of the new module").fill(title)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".column")).to_have_count(count + 1)

    def drag_first_lesson(self, source: int, target: int) -> str:
        """Drag the first card of a column into another; return its title."""
        title = self.cards(source)[0]
        card = self.page.locator(".column").nth(source).locator(".card").first
        card.drag_to(self.page.locator(".column").nth(target).locator(".column-cards"))
        moved = self.page.locator(".column").nth(target).get_by_role("link", name=title)
        expect(moved).to_be_visible()
        return title

    def rename(self, title: str, new: str) -> None:
        """Rename a lesson in its own page's settings."""
        self.page.get_by_role("link", name=title, exact=True).click()
        settings = self.page.locator("#drawer")
        settings.get_by_text("Change", exact=True).click()
        settings.locator("#lesson-title").fill(new)
        expect(self.page.locator(".card .title", has_text=new)).to_be_visible()

    def remove(self, title: str) -> None:
        """Remove a lesson with the keyboard."""
        press_on(self.page, title, "Delete")
        expect(self.page.get_by_role("link", name=title, exact=True)).to_have_count(0)

    def publish(self) -> None:
        """Publish, and wait until it is done."""
        self.page.goto(f"{self.base}/review")
        self.page.get_by_role("button", name=re.compile("^Publish version")).click()
        done = self.page.get_by_text(re.compile("is live|is published", re.IGNORECASE))
        expect(done.first).to_be_visible(timeout=PUBLISHED)


def log_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile(r"^(?!.*/login)"))


def sign_up(page: Page, url: str) -> None:
    page.goto(f"{url}/signup")
    page.get_by_label("Name").fill("Ada Okafor")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url(re.compile(r"^(?!.*/signup)"))


def import_course(school: School, folder: Path) -> str:
    """Bring a folder in, as the command does; return the course's slug."""
    arguments = ["courses", "import-markdown", str(folder), "--owner", "ines@example.org"]
    result = school.app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    found = re.search(r"\(([a-z0-9-]+)\)", result.output)
    assert found, result.output
    return found[1]


def finish_all(page: Page) -> int:
    """Mark lessons as done until the course is finished; return how many it took."""
    done = 0
    while True:
        page.wait_for_load_state()
        button = page.get_by_role("button", name="Mark as done")
        if not button.count():
            return done
        before = page.url
        button.click()
        page.wait_for_function("before => location.href !== before", arg=before)
        done += 1


def course_in(kind: str) -> Path:
    return material(REAL) if kind == "real" else OWN


@pytest.mark.parametrize("kind", ["real", "own"])
def test_from_import_to_certificate_and_after(
    kind: str, start_school: StartSchool, new_page: NewPage
) -> None:
    folder = course_in(kind)
    school = start_school(processes=2)
    with school.app.app_context():
        make_user("Ines Cole", email="ines@example.org", roles=["contributor", "approver"])
    slug = import_course(school, folder)
    teacher, learner = new_page(), new_page()

    log_in(teacher, school.url, "ines@example.org")
    author = Author(teacher, school.url, slug)
    author.board()
    assert_accessible(teacher)
    author.add_module("Another part")
    last = teacher.locator(".column").count() - 1
    moved = author.drag_first_lesson(0, last)
    author.rename(moved, "A lesson with another name")
    author.board()
    assert author.cards(last) == ["A lesson with another name"]
    author.publish()

    sign_up(learner, school.url)
    learner.goto(f"{school.url}/courses")
    assert_accessible(learner)
    learner.locator(f'a[href="/courses/{slug}"]').first.click()
    assert_accessible(learner)
    learner.get_by_role("button", name="Enrol").click()
    learner.get_by_role("link", name="Begin").click()
    assert_accessible(learner)
    lessons = finish_all(learner)
    learner.get_by_role("link", name="See your certificate").click()
    certificate = learner.url
    expect(learner.get_by_text("This certificate is valid")).to_be_visible()

    stranger = new_page()
    stranger.goto(certificate)
    expect(stranger.get_by_text("Ada Okafor")).to_be_visible()
    assert_accessible(stranger)

    change_it_meanwhile(author, last)
    learner.goto(f"{school.url}/learning/{slug}")
    outline = learner.get_by_label("Outline")
    # One of the lessons is gone, one is new: what was done counts, wherever it stands now.
    expect(outline.get_by_text(f"{lessons - 1} of {lessons} done")).to_be_visible()
    expect(outline.get_by_text("New", exact=True)).to_be_visible()
    learner.goto(certificate)
    expect(learner.get_by_text("This certificate is valid")).to_be_visible()


def change_it_meanwhile(author: Author, last: int) -> None:
    """Remove one lesson, move another, add a third, and publish."""
    author.board()
    full = next(at for at in range(last) if len(author.cards(at)) > 2)
    gone, moved = author.cards(full)[:2]
    author.remove(gone)
    assert author.drag_first_lesson(full, last) == moved
    column = author.page.locator(".column").nth(last)
    column.get_by_text("Add a lesson").click()
    column.get_by_label("Title of the new lesson").fill("Something new")
    author.page.keyboard.press("Enter")
    author.page.get_by_role("link", name="Something new").click()
    write_a_text(author.page)
    author.publish()


def write_a_text(page: Page) -> None:
    """Add a text block to the open lesson, type, and wait until it is saved."""
    drawer = page.locator("#drawer")
    drawer.get_by_role("button", name="Text").click()
    editor = drawer.locator("[contenteditable=true]").last
    editor.click()
    editor.press_sequentially("What is new here.")
    expect(drawer.get_by_text(re.compile("^Saved")).first).to_be_visible()
