"""Hostile text through save and page in Chromium: nothing runs, nothing is even refused."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page
from sqlalchemy import update

from app.blueprints.accounts.queries import find_user_by_email
from app.blueprints.builder import services
from app.blueprints.builder.rules.texts import ReplaceBlocks
from app.blueprints.courses.content import new_key
from app.blueprints.courses.models import LessonDraft
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.steps import add_lesson
from tests.factories.accounts import PASSWORD, actor_for, make_user
from tests.support import run
from tests.support.browser import complaints_of
from tests.support.databases import make_sqlite
from tests.support.hostile import bleach_cases, naughty_strings, purify_cases
from tests.support.servers import School

pytestmark = pytest.mark.browser

AUTHOR = "author@example.org"
IN_ONE_LESSON = 100


@pytest.fixture(scope="module")
def school() -> Iterator[School]:
    """A school with one author."""
    path = run.own_folder() / "hostile.db"
    make_sqlite(path)
    school = School(f"sqlite:///{path}", RATE_LIMITS="off")
    with school.app.app_context():
        make_user("Ada", email=AUTHOR, roles=["contributor"])
    school.serve(processes=1, threads=8)
    yield school
    school.stop()


@pytest.fixture
def author(school: School) -> Iterator[Actor]:
    """The author, in a context to write in."""
    with school.app.app_context():
        found = find_user_by_email(AUTHOR)
        assert found
        yield actor_for(found)


@pytest.fixture
def signed_in(school: School, page: Page) -> Page:
    """The author's browser."""
    page.goto(school.url + "/login")
    page.fill("[name=email]", AUTHOR)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)
    return page


def _written(author: Actor, cases: list[str]) -> Iterator[str]:
    with writing():
        course = services.create_course(author, title="Hostile")
    for number in range(0, len(cases), IN_ONE_LESSON):
        some = cases[number : number + IN_ONE_LESSON]
        lesson = add_lesson(author, course, f"Part {number}")
        change = ReplaceBlocks(tuple(block for case in some for block in blocks_of(case)))
        prepared = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
        with writing():
            services.save_text(author, prepared)
        yield f"/teaching/{course.slug}/lessons/{lesson}"


def blocks_of(case: str) -> list[dict[str, Any]]:
    """Put `case` where text is HTML, and where it is not."""
    plain = {"type": "embed", "url": "https://e.example/", "title": case[:300]}
    inside = {"type": "code", "key": new_key(), "code": case, "caption": case[:2000]}
    return [
        {"type": "text", "key": new_key(), "html": f"<p>{case}</p>"},
        {
            "type": "callout",
            "key": new_key(),
            "kind": "tip",
            "title": case[:300],
            "blocks": [inside],
        },
        {"key": new_key(), **plain},
    ]


@pytest.mark.timeout(400)
def test_nothing_runs(school: School, author: Actor, signed_in: Page) -> None:
    cases = list(chain(purify_cases(), bleach_cases(), naughty_strings()))
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    signed_in.on("dialog", note)
    for lesson in _written(author, cases):
        for address in (lesson, f"{lesson}/preview"):
            response = signed_in.goto(school.url + address)
            assert response
            assert response.status == 200, address
            assert signed_in.locator("[id^='b-'], [id^='block-']").count() >= 20
    assert dialogs == []


def test_it_would_be_noticed(school: School, author: Actor, signed_in: Page) -> None:
    lesson = next(_written(author, ["x"]))
    with writing():
        active = "<p><img src='/nothing' onerror='alert(1)' alt=''></p>"
        db.session.execute(update(LessonDraft).values(html=active))
    signed_in.goto(f"{school.url}{lesson}/preview")
    complaints = complaints_of(signed_in)
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()
