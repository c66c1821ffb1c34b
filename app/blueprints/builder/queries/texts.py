"""The text of one lesson being edited."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from app.blueprints.courses.models import Lesson, LessonBody, LessonDraft, Module
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


def lesson_text(version_id: int, key: str) -> LessonText:
    """Return the text of the lesson of that key, in one statement; raises `NotFound`."""
    statement = _TEXTS.where(Lesson.version_id == version_id, Lesson.key == key)
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise NotFound
    return LessonText(found.id, found.digest, json.loads(found.blocks), found.revision)


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
    statement = (
        select(LessonDraft)
        .where(LessonDraft.lesson_id.in_(lesson_ids))
        .options(undefer(LessonDraft.blocks), undefer(LessonDraft.html))
    )
    return {one.lesson_id: one for one in db.session.execute(statement).scalars()}


def get_lesson(version_id: int, key: str) -> tuple[Lesson, Module]:
    """Return the live lesson of that key and its module; raises `NotFound`."""
    found = db.session.execute(
        select(Lesson, Module)
        .join(Module, Module.id == Lesson.module_id)
        .where(
            Lesson.version_id == version_id,
            Lesson.key == key,
            Lesson.removed_at.is_(None),
            Module.removed_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found.Lesson, found.Module
