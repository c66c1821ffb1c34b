"""Texts that nothing uses go; texts that something uses stay."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from app.blueprints.courses import services
from app.blueprints.courses.models import LessonBody
from app.core import clock
from app.core.db import db, writing
from tests.factories.courses import make_course


def count() -> int:
    return db.session.execute(select(func.count(LessonBody.id))).scalar_one()


def test_only_old_unused_texts_are_swept(app: Flask) -> None:
    make_course(lessons=2)
    used = count()
    with writing():
        for number, age in enumerate((timedelta(days=2), timedelta(0))):
            made = clock.now() - age
            db.session.add(
                LessonBody(digest=str(number) * 64, blocks="[]", html="", text="", created_at=made)
            )
    with writing():
        db.session.execute(
            update(LessonBody)
            .where(LessonBody.html != "")
            .values(created_at=clock.now() - timedelta(days=9))
        )
    with writing():
        services.sweep_bodies()
    assert count() == used + 1
