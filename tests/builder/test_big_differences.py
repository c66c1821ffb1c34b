"""What a page of many rewritten lessons carries: the first texts, and ways to the others."""

import pytest
from flask import Flask
from sqlalchemy import insert, select

from app.blueprints.accounts.models import User
from app.blueprints.builder.queries import rewritten
from app.blueprints.builder.services.texts import drawn_text
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course, CourseRole, Lesson, LessonDraft
from app.blueprints.courses.services import ensure_working_version
from app.core.db import db, writing
from tests.builder.pages import base
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient

LESSONS = 200
WORDS = "Dig, sift and look at what is left. " * 55  # 2 kB, of which nothing was there before


@pytest.fixture
def editor(app: Flask) -> User:
    return make_user("Miriam Rao", roles=["contributor"])


@pytest.fixture
def reworked(editor: User) -> Course:
    """A course of 200 lessons, each of which says something else in its draft."""
    course = make_course(people=[(editor, CourseRole.INSTRUCTOR)], lessons=LESSONS)
    text = drawn_text([{"key": new_key(), "type": "text", "html": f"<p>{WORDS}</p>"}])
    with writing():
        version = ensure_working_version(db.session.get_one(Course, course.id))
        lessons = db.session.execute(select(Lesson.id).filter_by(version_id=version.id)).scalars()
        rows = [{"lesson_id": one, **text} for one in lessons]
        db.session.execute(insert(LessonDraft), rows)
    return course


def page_of(client: CheckedClient, editor: User, course: Course) -> str:
    sign_in(client, editor)
    return client.get(f"{base(course)}/review").text


def test_a_page_carries_so_much_text_and_leads_to_the_rest(
    client: CheckedClient, editor: User, reworked: Course
) -> None:
    page = page_of(client, editor, reworked)
    assert page.count('<details class="detail"') == rewritten.MOST_TEXTS
    assert page.count('class="detail small"') == LESSONS - rewritten.MOST_TEXTS
    # 111 kB; with all the texts 465 kB, and more without end the longer they are.
    assert len(page) < 150_000
    link = f"/teaching/{reworked.slug}/versions/compare/l200?from=1&amp;to=draft"
    assert link in page
    assert "Dig, sift" in client.get(link.replace("&amp;", "&")).text


def test_longer_texts_are_fewer(
    client: CheckedClient, editor: User, reworked: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewritten, "MOST_SHOWN", 3 * len(WORDS))
    assert page_of(client, editor, reworked).count('<details class="detail"') == 2
