"""The text of one lesson being edited."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import undefer

from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import Course, Lesson, LessonBody, LessonDraft, Module
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a lesson of a version says now: its draft, or else its published body."""

    lesson_id: int
    digest: str | None = None
    blocks: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 0


_TEXTS = (
    select(
        Lesson.id,
        Lesson.key,
        func.coalesce(LessonDraft.digest, LessonBody.digest).label("digest"),
        func.coalesce(LessonDraft.blocks, LessonBody.blocks, "[]").label("blocks"),
        func.coalesce(LessonDraft.revision, 0).label("revision"),
    )
    .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
    .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
    .where(Lesson.removed_at.is_(None))
)
# What each save of a text sends, some of it under the lock: built once.
_TEXT = _TEXTS.where(Lesson.version_id == bindparam("version"), Lesson.key == bindparam("key"))
_TEXT_ON_BOARD = _TEXT.join(Module, Module.id == Lesson.module_id).where(
    Module.removed_at.is_(None)
)
_DRAFTS = (
    select(LessonDraft)
    .where(LessonDraft.lesson_id.in_(bindparam("lessons", expanding=True)))
    .options(undefer(LessonDraft.blocks), undefer(LessonDraft.html))
)
_LESSON = (
    select(Lesson, Module)
    .join(Module, Module.id == Lesson.module_id)
    .where(
        Lesson.version_id == bindparam("version"),
        Lesson.key == bindparam("key"),
        Lesson.removed_at.is_(None),
        Module.removed_at.is_(None),
    )
)


def lesson_text(version_id: int, key: str) -> LessonText:
    """Return the text of the lesson of that key, in one statement; raises `NotFound`."""
    return _one(_TEXT, version_id, key)


def text_in_builder(course: Course, key: str) -> LessonText:
    """Return the text of the lesson of that key as the builder shows it; raises `NotFound`."""
    return _one(_TEXT_ON_BOARD, courses.shown_in_builder(course).id, key)


def text_of(draft: LessonDraft) -> LessonText:
    """Return what a draft says that is loaded with its text."""
    return LessonText(draft.lesson_id, draft.digest, json.loads(draft.blocks), draft.revision)


def lesson_texts(
    version_id: int, *, keys: list[str], module: str | None = None
) -> dict[str, LessonText]:
    """Return the texts of these lessons, or of all in `module`, that say anything, by key."""
    statement = _TEXTS.join(Module, Module.id == Lesson.module_id).where(
        Lesson.version_id == version_id,
        Module.key == module if module else Lesson.key.in_(keys),
    )
    return {
        row.key: LessonText(row.id, row.digest, json.loads(row.blocks), row.revision)
        for row in db.session.execute(statement)
        if row.digest
    }


def text_revision(version_id: int, key: str) -> int | None:
    """Return the revision of a lesson's text, 0 for one as published; None for no lesson."""
    found: int | None = db.session.execute(
        select(func.coalesce(LessonDraft.revision, 0))
        .select_from(Lesson)
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .where(Lesson.version_id == version_id, Lesson.key == key, Lesson.removed_at.is_(None))
    ).scalar_one_or_none()
    return found


def find_drafts(lesson_ids: list[int]) -> dict[int, LessonDraft]:
    """Return the drafts of these lessons with their texts, by lesson."""
    found = db.session.execute(_DRAFTS, {"lessons": lesson_ids}).scalars()
    return {one.lesson_id: one for one in found}


def get_lesson(version_id: int, key: str) -> tuple[Lesson, Module]:
    """Return the live lesson of that key and its module; raises `NotFound`."""
    found = db.session.execute(_LESSON, {"version": version_id, "key": key}).one_or_none()
    if found is None:
        raise NotFound
    return found.Lesson, found.Module


def _one(statement: Select[*tuple[Any, ...]], version_id: int, key: str) -> LessonText:
    found = db.session.execute(statement, {"version": version_id, "key": key}).one_or_none()
    if found is None:
        raise NotFound
    return LessonText(found.id, found.digest, json.loads(found.blocks), found.revision)
