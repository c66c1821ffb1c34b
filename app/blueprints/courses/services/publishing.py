"""Making a version the one that learners see; everything in the caller's transaction.

The caller holds the locks of course and version, and has validated. The number of statements
grows neither with lessons nor with learners.
"""

from collections.abc import Iterable

from sqlalchemy import select, update

from app.blueprints.courses import queries
from app.blueprints.courses.events import CoursePublished
from app.blueprints.courses.models import Course, CourseVersion, Lesson, LessonBody
from app.blueprints.courses.rules.accessibility import accessibility_of
from app.blueprints.courses.rules.difference import compare
from app.blueprints.courses.rules.outline import Outline
from app.blueprints.courses.search import index_course
from app.blueprints.courses.services.freezing import freeze
from app.blueprints.courses.services.status import take_to_published
from app.blueprints.courses.services.versions import copy_version
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.events import record
from app.core.registries import hooks


def publish_version(
    actor: Actor,
    course: Course,
    version: CourseVersion,
    *,
    audience: str,
    redo_keys: Iterable[str],
    note: str = "",
) -> None:
    """Freeze and number `version`, then point `course` at it: old or new, never a mixture."""
    freeze(version.id)
    version.number = queries.last_number(course.id) + 1
    version.published_at = clock.db_now()
    _make_current(actor, course, version, audience=audience, redo_keys=redo_keys, note=note)


def publish_copy(
    actor: Actor,
    course: Course,
    source: CourseVersion,
    *,
    audience: str,
    redo_keys: Iterable[str],
    note: str = "",
) -> CourseVersion:
    """Publish a copy of the published version `source` under the next number; return it.

    The copy has its number from the beginning, so it never is the working version, and a draft
    that somebody is writing stays untouched beside it.
    """
    version = copy_version(source, course, number=queries.last_number(course.id) + 1)
    _make_current(actor, course, version, audience=audience, redo_keys=redo_keys, note=note)
    return version


def _make_current(
    actor: Actor,
    course: Course,
    version: CourseVersion,
    *,
    audience: str,
    redo_keys: Iterable[str],
    note: str,
) -> None:
    old = queries.get_version(course.current_version_id) if course.current_version_id else None
    new_outline = queries.outline(version, facts=True)
    old_outline = queries.outline(old) if old else Outline({})
    version.published_by_id, version.note = actor.id or None, note
    version.difference = compare(old_outline, new_outline).to_json() if old else None
    version.accessibility = accessibility_of(new_outline).to_json()
    _keep_redo(version)
    _mark_redo(version, redo_keys)
    db.session.flush()
    hooks.call("courses.before_flip", course, old, version, audience)
    _flip(course, version, new_outline)
    take_to_published(actor, course)
    record(CoursePublished(course.id, version.id, version.number or 0))


def _keep_redo(version: CourseVersion) -> None:
    """Give the lessons the marks that they ever had: a copy brings those of an older time."""
    ever = queries.redo_marks(version.course_id)
    highest = select(ever.c.since).where(ever.c.key == Lesson.key).scalar_subquery()
    db.session.execute(
        update(Lesson)
        .where(Lesson.version_id == version.id, Lesson.key.in_(select(ever.c.key)))
        .values(redo_since=highest)
        .execution_options(synchronize_session=False)
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
    course.cover = version.cover.public_id if version.cover else ""
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
