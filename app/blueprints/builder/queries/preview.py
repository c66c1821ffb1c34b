"""One lesson of the version being built, as its learners will see it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.blueprints.builder.queries.drawn import stored_html
from app.blueprints.builder.queries.texts import get_lesson
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonDraft,
    Module,
)
from app.core.db import db


@dataclass(frozen=True, slots=True)
class LessonPreview:
    """A lesson drawn, and the keys of those around it."""

    version: CourseVersion
    module: Module
    lesson: Lesson
    html: str
    before: str | None
    after: str | None


def lesson_preview(course: Course, key: str) -> LessonPreview:
    """Return the lesson of that key as the builder has it now; raises `NotFound`."""
    return version_lesson(courses.shown_in_builder(course), key)


def version_lesson(version: CourseVersion, key: str) -> LessonPreview:
    """Return the lesson of that key as this version has it; raises `NotFound`."""
    lesson, module = get_lesson(version.id, key)
    keys = _keys_in_order(version.id)
    at = keys.index(key)
    return LessonPreview(
        version,
        module,
        lesson,
        stored_html(_html(lesson.id)),
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )


def _keys_in_order(version_id: int) -> list[str]:
    statement = (
        select(Lesson.key)
        .join(Module, Module.id == Lesson.module_id)
        .where(
            Lesson.version_id == version_id,
            Lesson.removed_at.is_(None),
            Module.removed_at.is_(None),
        )
        .order_by(Module.position, Lesson.position)
    )
    return list(db.session.execute(statement).scalars())


def _html(lesson_id: int) -> str:
    statement = (
        select(func.coalesce(LessonDraft.html, LessonBody.html, ""))
        .select_from(Lesson)
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(Lesson.id == lesson_id)
    )
    return db.session.execute(statement).scalar_one()
