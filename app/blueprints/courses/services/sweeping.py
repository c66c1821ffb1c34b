"""Putting out what nothing refers to any more."""

from datetime import timedelta

from sqlalchemy import delete, exists

from app.blueprints.courses.models import Lesson, LessonBody
from app.core import clock
from app.core.db import db

# A body may be made a moment before the lesson that will point to it.
SPARED = timedelta(days=1)


def sweep_bodies() -> None:
    """Delete the bodies that no lesson of any version points to."""
    statement = delete(LessonBody).where(
        LessonBody.created_at < clock.now() - SPARED,
        ~exists().where(Lesson.body_id == LessonBody.id),
    )
    db.session.execute(statement)
