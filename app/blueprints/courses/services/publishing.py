"""Making a working version the one that learners see; everything in the caller's transaction."""

from collections.abc import Iterable

from sqlalchemy import Select, delete, func, literal, select, update

from app.blueprints.courses import queries
from app.blueprints.courses.events import CoursePublished
from app.blueprints.courses.models import (
    Asset,
    Course,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonBodyAsset,
    LessonDraft,
    Module,
)
from app.blueprints.courses.rules.difference import compare
from app.blueprints.courses.rules.outline import Outline
from app.blueprints.courses.search import index_course
from app.blueprints.courses.services.status import take_to_published
from app.core import clock
from app.core.actor import Actor
from app.core.db import UtcDateTime, db
from app.core.db.dialects import insert_for
from app.core.events import record
from app.core.registries import hooks


def publish_version(
    actor: Actor, course: Course, version: CourseVersion, *, audience: str, redo_keys: Iterable[str]
) -> None:
    """Freeze and number `version`, then point `course` at it: old or new, never a mixture.

    The caller holds the locks of course and version, and has validated. The number of
    statements grows neither with lessons nor with learners.
    """
    _drop_removed(version.id)
    _freeze_texts(version.id)
    old = queries.get_version(course.current_version_id) if course.current_version_id else None
    new_outline = queries.outline(version)
    old_outline = queries.outline(old) if old else Outline({})
    version.number = queries.last_number(course.id) + 1
    version.published_at = clock.db_now()
    version.published_by_id = actor.id or None
    version.difference = compare(old_outline, new_outline).to_json() if old else None
    _mark_redo(version, redo_keys)
    db.session.flush()
    hooks.call("courses.before_flip", course, old, version, audience)
    _flip(course, version, new_outline)
    take_to_published(actor, course)
    record(CoursePublished(course.id, version.id, version.number))


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
    columns = ("digest", "blocks", "html", "text", "problems")
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


def _mark_redo(version: CourseVersion, redo_keys: Iterable[str]) -> None:
    keys = list(redo_keys)
    if keys:
        db.session.execute(
            update(Lesson)
            .where(Lesson.version_id == version.id, Lesson.key.in_(keys))
            .values(redo_since=version.number)
            .execution_options(synchronize_session=False)
        )


def _flip(course: Course, version: CourseVersion, outline: Outline) -> None:
    """Point the course at its new version, and copy to it what lists need."""
    course.current_version_id = version.id
    course.published_at = course.published_at or version.published_at
    course.title, course.summary = version.title, version.summary
    course.difficulty, course.language = version.difficulty, version.language
    course.minutes = version.minutes_override or outline.minutes
    course.lesson_count = len(outline.lessons)
    index_course(course.id, version.title, _words(version, outline))


def _words(version: CourseVersion, outline: Outline) -> str:
    """Return everything in `version` that a search should find."""
    texts = db.session.execute(
        select(LessonBody.text)
        .join(Lesson, Lesson.body_id == LessonBody.id)
        .where(Lesson.version_id == version.id)
    ).scalars()
    titles = [lesson.title for lesson in outline.lessons.values()]
    return "\n".join([version.summary, version.overview, *version.objectives, *titles, *texts])
