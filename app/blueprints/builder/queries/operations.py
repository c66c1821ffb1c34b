"""What was done on a working version: by whom, when, and what of it can be taken back."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.courses.models import CourseVersion
from app.blueprints.courses.queries import find_working_version
from app.core.db import db


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """The operations, by sequence, that one person would undo and do again next."""

    undo: int | None
    redo: int | None


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
    mine = aliased(BuilderOperation)
    own = [mine.version_id == version.id, mine.actor_id == actor_id]
    open_ones = [*own, mine.undone_at.is_(None), mine.inverse.is_not(None)]
    if past is not None:
        open_ones.append(mine.sequence < past)
    # Something new empties what could be done again.
    newest = select(func.max(mine.sequence)).where(*own, mine.mode == Mode.DO).scalar_subquery()
    last = select(func.max(mine.sequence))
    undo = last.where(*open_ones, mine.mode != Mode.UNDO).scalar_subquery()
    redo = last.where(
        *open_ones, mine.mode == Mode.UNDO, mine.sequence > func.coalesce(newest, 0)
    ).scalar_subquery()
    found = db.session.execute(select(undo, redo)).one()
    return OwnHistory(*found)
