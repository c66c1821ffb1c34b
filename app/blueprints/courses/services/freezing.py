"""Turning a working version into one that never changes again: no leavings, no drafts."""

from sqlalchemy import Select, delete, func, literal, select, update

from app.blueprints.courses.models import (
    Asset,
    Lesson,
    LessonBody,
    LessonBodyAsset,
    LessonDraft,
    Module,
)
from app.core import clock
from app.core.db import UtcDateTime, db
from app.core.db.dialects import insert_for


def freeze(version_id: int) -> None:
    """Drop what was removed from the version, and turn its drafts into bodies.

    The number of statements does not grow with its lessons.
    """
    _drop_removed(version_id)
    _freeze_texts(version_id)


def _drop_removed(version_id: int) -> None:
    gone = select(Module.id).where(Module.version_id == version_id, Module.removed_at.is_not(None))
    db.session.execute(
        delete(Lesson).where(
            Lesson.version_id == version_id,
            Lesson.removed_at.is_not(None) | Lesson.module_id.in_(gone),
        )
    )
    db.session.execute(
        delete(Module).where(Module.version_id == version_id, Module.removed_at.is_not(None))
    )


def _freeze_texts(version_id: int) -> None:
    """Turn the drafts into bodies, each distinct content once, and point the lessons at them."""
    one_of_each = (
        select(func.min(LessonDraft.id))
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.version_id == version_id)
        .group_by(LessonDraft.digest)
    )
    _insert_bodies(one_of_each)
    _insert_references(version_id)
    body = (
        select(LessonBody.id)
        .join(LessonDraft, LessonDraft.digest == LessonBody.digest)
        .where(LessonDraft.lesson_id == Lesson.id)
        .scalar_subquery()
    )
    drafted = select(LessonDraft.lesson_id)
    db.session.execute(
        update(Lesson)
        .where(Lesson.version_id == version_id, Lesson.id.in_(drafted))
        .values(body_id=body)
        .execution_options(synchronize_session=False)
    )
    lessons = select(Lesson.id).where(Lesson.version_id == version_id)
    db.session.execute(delete(LessonDraft).where(LessonDraft.lesson_id.in_(lessons)))


def _insert_bodies(draft_ids: Select[int]) -> None:
    columns = ("digest", "blocks", "html", "text", "problems", "facts")
    rows = select(
        literal(clock.now(), UtcDateTime()), *(getattr(LessonDraft, name) for name in columns)
    ).where(LessonDraft.id.in_(draft_ids))
    statement = insert_for(LessonBody).from_select(["created_at", *columns], rows)
    db.session.execute(statement.on_conflict_do_nothing(index_elements=["digest"]))


def _insert_references(version_id: int) -> None:
    """Record which assets the new bodies show, so that none of these is ever swept."""
    bodies = db.session.execute(
        select(LessonBody.id, LessonDraft.asset_ids)
        .join(LessonDraft, LessonDraft.digest == LessonBody.digest)
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.version_id == version_id)
    ).all()
    named = {public_id for _, public_ids in bodies for public_id in public_ids}
    if not named:
        return
    found = db.session.execute(select(Asset.public_id, Asset.id).where(Asset.public_id.in_(named)))
    numbers = dict(found.all())
    rows = {
        (body_id, numbers[public_id])
        for body_id, public_ids in bodies
        for public_id in public_ids
        if public_id in numbers
    }
    db.session.execute(
        insert_for(LessonBodyAsset).on_conflict_do_nothing(),
        [{"body_id": body_id, "asset_id": asset_id} for body_id, asset_id in sorted(rows)],
    )
