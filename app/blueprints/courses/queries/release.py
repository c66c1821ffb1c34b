"""The lessons of a version as the rules of release see them."""

from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.courses.models import Lesson, Module
from app.blueprints.courses.rules.release import Release
from app.core.db import db


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson with the module that it is in."""

    key: str
    title: str
    module_key: str
    module_title: str
    is_required: bool
    release: Release


def placed_lessons(version_id: int) -> list[PlacedLesson]:
    """Return the lessons of the version in order, in one statement."""
    rows = db.session.execute(
        select(
            Lesson.key,
            Lesson.title,
            Module.key,
            Module.title,
            Lesson.is_required,
            Lesson.release,
        )
        .join(Module, Module.id == Lesson.module_id)
        .where(
            Lesson.version_id == version_id,
            Lesson.removed_at.is_(None),
            Module.removed_at.is_(None),
        )
        .order_by(Module.position, Module.id, Lesson.position, Lesson.id)
    )
    return [PlacedLesson(*row) for row in rows]
