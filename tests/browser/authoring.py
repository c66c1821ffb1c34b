"""A school for tests of the builder in Chromium: an author signed in, and courses to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page, StorageState

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.queries import board
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.blueprints.profiles.models import InstructorProfile, Tier
from app.core.db import db, writing
from tests.builder.pages import give_role
from tests.builder.steps import add_lesson, add_module, titles_of, write
from tests.factories import saving
from tests.factories.accounts import PASSWORD, actor_for, make_user
from tests.support.browser import NewPage
from tests.support.servers import School

PLAN = {
    "Getting data in": ("Why program", "Fundamentals", "Data sets"),
    "Seeing patterns": ("Arrays", "Plotting"),
    "Repeating": ("Loops", "Lists", "Choices"),
}
Titles = dict[str, list[str]]


@dataclass(frozen=True)
class Studio:
    """A running school with an author, and the state of a browser in which they are signed in."""

    school: School
    author_id: int
    browser_state: StorageState

    def make_course(self) -> "Desk":
        """Make a course with the modules and lessons of `PLAN`, each lesson with one text."""
        with self.school.app.app_context():
            author = actor_for(db.session.get_one(User, self.author_id))
            with writing():
                course = services.create_course(author, title="Programming", first_module=None)
            for title, lessons in PLAN.items():
                module = add_module(author, course, title)
                for lesson in lessons:
                    key = add_lesson(author, course, lesson, module)
                    write(author, course, key, f"<p>About {lesson.lower()}.</p>")
            return Desk(self, course)


@dataclass(frozen=True)
class Desk:
    """One course to work on."""

    studio: Studio
    course: Course

    @property
    def url(self) -> str:
        """What the addresses of its builder begin with."""
        return f"{self.studio.school.url}/teaching/{self.course.slug}"

    @property
    def titles(self) -> Titles:
        """What is on the board, as the database has it."""
        with self.studio.school.app.app_context():
            return dict(titles_of(self.course))

    def move_by_other(self, lesson: str, module: str) -> None:
        """Let a colleague put a lesson first in a module."""
        with self.studio.school.app.app_context():
            colleague = give_role(self.course, make_user(), CourseRole.INSTRUCTOR)
            columns = board(get_course(self.course.id)).modules
            cards = [card.lesson for column in columns for card in column.lessons]
            with writing():
                services.move_lesson(
                    actor_for(colleague),
                    course_id=self.course.id,
                    key=next(one.key for one in cards if one.title == lesson),
                    module=next(c.module.key for c in columns if c.module.title == module),
                    after=None,
                )

    def open(self, new_page: NewPage, path: str = "board", **options: object) -> Page:
        """Open a page of the course in a browser of the author's."""
        page = new_page(storage_state=self.studio.browser_state, **options)
        page.goto(f"{self.url}/{path}")
        if path == "board" and options.get("java_script_enabled", True):
            live(page)
        return page


def open_studio(
    school: School, new_page: NewPage, roles: Sequence[str] = ("contributor", "approver")
) -> Studio:
    """Make the author and sign them in once."""
    with school.app.app_context():
        author = make_user("Miriam Rao", roles=roles)
        with saving():  # they begin a course for every test
            tier = Tier(name=f"Tireless {author.id}", most_courses=2000, most_courses_a_day=2000)
            db.session.add(InstructorProfile(user_id=author.id, tier=tier))
        author_id, email = author.id, author.email
    page = new_page()
    page.goto(school.url + "/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    return Studio(school, author_id, page.context.storage_state())


def live(page: Page) -> None:
    """Wait until the board's script has come: a page is loaded before it is, and forgets keys."""
    page.locator(".board[data-live]").wait_for()


def press_on(page: Page, title: str, key: str) -> None:
    """Press a key on a card: no answer of the server comes between the focus and the key."""
    page.get_by_role("link", name=title, exact=True).press(key)


def shown(page: Page) -> Titles:
    """What is on the board, as the page shows it."""
    found: Titles = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.column')].map(column => ["
        "column.querySelector('.column-title').textContent,"
        "[...column.querySelectorAll('.title')].map(title => title.textContent)]))"
    )
    return found


def moved(lesson: str, module: str, place: int) -> Titles:
    """The plan after one lesson has moved."""
    titles = {name: [one for one in lessons if one != lesson] for name, lessons in PLAN.items()}
    titles[module].insert(place, lesson)
    return titles


def menu_of(page: Page, title: str) -> None:
    """Open the menu of a card."""
    page.get_by_role("button", name=f"Actions for “{title}”").click()
