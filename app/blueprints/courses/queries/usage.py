"""How much somebody has: files that they sent, and courses that they began."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.blueprints.courses.models import (
    Arrival,
    ArrivalState,
    Asset,
    Blob,
    Course,
    CourseInstructor,
    CourseRole,
)
from app.core.db import db

OPEN = (ArrivalState.WAITING, ArrivalState.SENT)


@dataclass(frozen=True, slots=True)
class CoursesBegun:
    """How many live courses somebody owns, and when those of late were begun, oldest first."""

    owned: int
    lately: list[datetime]


def stored_bytes(user_id: int) -> int:
    """Return how many bytes count against this person's quota.

    Each file that they have in a course counts once, and so do those on their way; thumbnails
    are ours and do not.
    """
    kept = (
        select(func.coalesce(func.sum(Blob.size), 0))
        .join(Asset, Asset.blob_id == Blob.id)
        .where(Asset.owner_id == user_id, Asset.deleted_at.is_(None))
    )
    coming = select(func.coalesce(func.sum(Arrival.size), 0)).where(
        Arrival.owner_id == user_id, Arrival.state.in_(OPEN)
    )
    statement = select(kept.scalar_subquery() + coming.scalar_subquery())
    return int(db.session.execute(statement).scalar_one())


def courses_begun(user_id: int, *, since: datetime) -> CoursesBegun:
    """Return how many courses this person owns, and those begun since then, deleted ones too."""
    theirs = (
        select(Course.created_at, Course.deleted_at)
        .join(CourseInstructor, CourseInstructor.course_id == Course.id)
        .where(CourseInstructor.user_id == user_id, CourseInstructor.role == CourseRole.OWNER)
        .order_by(Course.created_at)
    )
    rows = db.session.execute(theirs).all()
    return CoursesBegun(
        owned=sum(row.deleted_at is None for row in rows),
        lately=[row.created_at for row in rows if row.created_at > since],
    )
