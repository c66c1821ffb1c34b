"""Copies of versions: a constant number of statements, pointers to bodies and never bodies."""

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.errors import NothingToCopy
from app.blueprints.courses.models import Course, CourseVersion, Lesson, Module
from app.blueprints.courses.queries import find_working_version, get_version
from app.blueprints.courses.services.assets import share_assets
from app.core import clock
from app.core.db import db

_VERSION_COPIED = (
    "title",
    "summary",
    "overview",
    "objectives",
    "difficulty",
    "language",
    "minutes_override",
    "gives_certificate",
    "pacing",
    "cover_id",
    "revision",
    "board_revision",
    "sequence",
    "accessibility",
)
_MODULE_COPIED = ("key", "title", "description", "position", "revision")
_LESSON_COPIED = (
    "key",
    "title",
    "kind",
    "is_required",
    "own_minutes",
    "text_minutes",
    "completion_rule",
    "completion_seconds",
    "release",
    "position",
    "revision",
    "body_id",
)


def ensure_working_version(course: Course) -> CourseVersion:
    """Return the course's working version, locked, made from the current one on the first edit.

    The caller holds the course's lock, where two tabs' first edits meet.
    """
    working = find_working_version(course.id, lock=True)
    if working:
        return working
    if course.current_version_id is None:
        raise NothingToCopy
    return copy_version(get_version(course.current_version_id), course)


def copy_version(
    source: CourseVersion, course: Course, *, keep_redo: bool = True, number: int | None = None
) -> CourseVersion:
    """Make a copy of `source`: the published version `number` of `course`, or else its working
    version, of which there must be none yet.
    """
    values = {name: getattr(source, name) for name in _VERSION_COPIED}
    version = CourseVersion(
        course_id=course.id,
        based_on_id=source.id,
        published_by_id=None,
        number=number,
        published_at=clock.db_now() if number else None,
        **values,
    )
    db.session.add(version)
    db.session.flush()
    _copy_modules(source.id, version.id)
    _copy_lessons(source.id, version.id, keep_redo=keep_redo)
    if source.course_id != course.id:
        share_assets(source.course_id, course.id)
    return version


def _copy_modules(source_id: int, target_id: int) -> None:
    columns = [getattr(Module, name) for name in _MODULE_COPIED]
    rows = select(literal(target_id), *columns).where(
        Module.version_id == source_id, Module.removed_at.is_(None)
    )
    db.session.execute(insert(Module).from_select(["version_id", *_MODULE_COPIED], rows))


def _copy_lessons(source_id: int, target_id: int, *, keep_redo: bool) -> None:
    old, new = aliased(Module), aliased(Module)
    names = (*_LESSON_COPIED, "redo_since") if keep_redo else _LESSON_COPIED
    rows = (
        select(literal(target_id), new.id, *(getattr(Lesson, name) for name in names))
        .join(old, old.id == Lesson.module_id)
        .join(new, (new.version_id == target_id) & (new.key == old.key))
        .where(Lesson.version_id == source_id, Lesson.removed_at.is_(None))
    )
    db.session.execute(insert(Lesson).from_select(["version_id", "module_id", *names], rows))
