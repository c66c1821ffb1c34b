"""Columns are read as through the session."""

import pytest
from sqlalchemy import select

from app.blueprints.courses.models import Subject
from app.core.db import db, read, writing
from tests.factories.courses import make_subject
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")
NAMES = select(Subject.name).order_by(Subject.name)


@both_databases
def test_what_is_pending_is_read_while_writing() -> None:
    make_subject("Music")
    with writing():
        db.session.add(Subject(name="Health", slug="health"))
        assert read(NAMES).scalars().all() == ["Health", "Music"]
    assert read(NAMES).scalars().all() == ["Health", "Music"]
