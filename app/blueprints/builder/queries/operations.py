"""What was done on a working version: by whom, when, and what of it can be taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import defer

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.courses.models import CourseVersion
from app.blueprints.courses.queries import find_working_version
from app.core.db import db, read
from app.core.pagination import Page, paginate

ENDLESS = 2**31 - 1
_IS_OWN = (
    BuilderOperation.version_id == bindparam("version"),
    BuilderOperation.actor_id == bindparam("actor"),
)
_IS_OPEN = (
    *_IS_OWN,
    BuilderOperation.undone_at.is_(None),
    BuilderOperation.inverse.is_not(None),
    BuilderOperation.sequence < bindparam("past"),
)
_LAST = select(func.max(BuilderOperation.sequence))
# Something new empties what could be done again.
_NEWEST = _LAST.where(*_IS_OWN, BuilderOperation.mode == Mode.DO).scalar_subquery()
_IS_AFTER = BuilderOperation.sequence > func.coalesce(_NEWEST, 0)
_HISTORY = select(
    _LAST.where(*_IS_OPEN, BuilderOperation.mode != Mode.UNDO).scalar_subquery(),
    _LAST.where(*_IS_OPEN, BuilderOperation.mode == Mode.UNDO, _IS_AFTER).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """The operations, by sequence, that one person would undo and do again next."""

    undo: int | None
    redo: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation as the activity list tells it; `said` is what `core.i18n.spoken` reads."""

    sequence: int
    at: datetime
    mode: Mode
    name: str
    said: dict[str, Any]
    is_undone: bool
    can_undo: bool


def activity(version: CourseVersion, number: int) -> Page[Entry]:
    """Return page `number` of what was done on a version, the last first."""
    statement = (
        select(BuilderOperation, BuilderOperation.inverse.is_not(None), User.display_name)
        .outerjoin(User, User.id == BuilderOperation.actor_id)
        .options(defer(BuilderOperation.inverse))
        .where(BuilderOperation.version_id == version.id)
        .order_by(BuilderOperation.sequence.desc())
    )
    found = paginate(statement, number)
    return Page([_entry(*row) for row in found.items], found.number, found.size, found.total)


def _entry(operation: BuilderOperation, has_way_back: bool, name: str | None) -> Entry:
    return Entry(
        sequence=operation.sequence,
        at=operation.at,
        mode=operation.mode,
        name=name or "",
        said=operation.payload.get("said") or {"text": "", "values": {}},
        is_undone=operation.undone_at is not None,
        can_undo=has_way_back and operation.undone_at is None,
    )


def find_operation(course_id: int, sequence: int) -> BuilderOperation | None:
    """Return an operation on the working version of a course."""
    version = find_working_version(course_id)
    if version is None:
        return None
    statement = select(BuilderOperation).filter_by(version_id=version.id, sequence=sequence)
    return db.session.execute(statement).scalar_one_or_none()


def own_history(version: CourseVersion, actor_id: int, *, past: int | None = None) -> OwnHistory:
    """Return what `actor_id` can take back and do again, in one statement.

    With `past`, what comes before that operation, which could not be taken back.
    """
    values = {"version": version.id, "actor": actor_id, "past": past or ENDLESS}
    return OwnHistory(*read(_HISTORY, values).one())
