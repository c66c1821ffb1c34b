"""People who write in one lesson, each in a browser of their own; and what arrived of it."""

import html
import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.blueprints.accounts.models import User
from app.blueprints.builder.queries import board, lesson_editor
from app.blueprints.courses.models import CourseRole
from app.blueprints.courses.queries import get_course
from app.core.db import db
from tests.browser.authoring import Desk, live
from tests.builder.pages import give_role
from tests.factories.accounts import make_user, session_cookie
from tests.support.browser import NewPage

SAVED = re.compile(r"^Saved at ")
# Letters of several scripts, a pair of surrogates, what HTML and forms escape, and two spaces.
WORDS = " Zürich → 10 % «naïve» 😀 <b>&amp; +1=2; “end”"


def author_of(desk: Desk, name: str = "Ana Okafor") -> int:
    """Another author of the course."""
    with desk.studio.school.app.app_context():
        return give_role(desk.course, make_user(name), CourseRole.INSTRUCTOR).id


def enter(desk: Desk, context: BrowserContext, person: int) -> None:
    """Let a browser be this person's, in a session of their own."""
    school = desk.studio.school
    with school.app.app_context():
        name, value = session_cookie(school.app, db.session.get_one(User, person))
    context.add_cookies([{"name": name, "value": value, "url": school.url}])


def open_as(desk: Desk, new_page: NewPage, person: int, lesson: str = "Loops") -> Page:
    """Open a lesson in a browser of this person's."""
    page = new_page()
    enter(desk, page.context, person)
    open_lesson(desk, page, lesson)
    return page


def open_lesson(desk: Desk, page: Page, title: str = "Loops") -> None:
    """Open a lesson at its own address, and wait until it can be written in."""
    page.goto(f"{desk.url}/lessons/{key_of(desk, title)}")
    live(page)
    expect(page.locator("#blocks [contenteditable=true]").first).to_be_visible()


def click_lesson(page: Page, title: str = "Loops") -> Locator:
    """Open a lesson from the board, and wait until it can be written in; return its blocks."""
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("complementary", name=title)).to_be_visible()
    expect(editor_of(page)).to_be_visible()
    return page.locator("#blocks > .block")


def editor_of(page: Page, block: int = 0) -> Locator:
    """Where a block is written in."""
    return page.locator("#blocks > .block").nth(block).locator("[contenteditable=true]").first


def key_of(desk: Desk, title: str) -> str:
    """The key of the lesson of that title."""
    with desk.studio.school.app.app_context():
        columns = board(get_course(desk.course.id)).modules
        cards = [card.lesson for column in columns for card in column.lessons]
        return next(lesson.key for lesson in cards if lesson.title == title)


def write_at_the_end(page: Page, words: str, *, block: int = 0) -> None:
    """Go on writing in a block."""
    editor_of(page, block).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def read(page: Page, block: int = 0) -> str:
    """What a block says in the page."""
    return editor_of(page, block).inner_text().replace("\xa0", " ").strip()


def arrived(desk: Desk, title: str = "Loops", block: int = 0) -> str:
    """What the database holds of a block, as plain text."""
    with desk.studio.school.app.app_context():
        editor = lesson_editor(get_course(desk.course.id), key_of(desk, title))
        found = editor.blocks[block].block
    text = html.unescape(re.sub(r"<[^>]+>", "", found["html"]))
    return text.replace("\xa0", " ").strip()


def expect_arrived(page: Page, desk: Desk, *texts: str) -> None:
    """The blocks of “Loops” say so in the database, at the latest some saves later."""
    blocks = range(len(texts))
    for _ in range(100):
        if all(arrived(desk, block=at) == texts[at] for at in blocks):
            return
        page.wait_for_timeout(100)
    assert [arrived(desk, block=at) for at in blocks] == list(texts)


def expect_state(page: Page, words: str | re.Pattern[str], seconds: float = 15) -> None:
    """The drawer says so of what was typed."""
    expect(page.locator("#save-state")).to_have_text(words, timeout=seconds * 1000)
