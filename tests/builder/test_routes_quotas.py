"""Beginning more courses than the tier allows keeps the form, with the reason at hand."""

import pytest
from sqlalchemy import func, select

from app.blueprints.courses.models import Course
from app.blueprints.profiles.models import STANDARD
from app.core.db import db
from tests.support.client import CheckedClient


def test_the_form_says_why_and_keeps_what_was_typed(
    desk: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STANDARD, "most_courses", 1)
    answer = desk.post("/teaching/courses", data={"title": "Water and air", "key": "k"})
    assert answer.status_code == 422
    assert "Courses that you own: 1 of 1" in answer.text
    assert 'value="Water and air"' in answer.text
    assert db.session.execute(select(func.count(Course.id))).scalar_one() == 1
