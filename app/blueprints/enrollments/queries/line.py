"""Who waits for a seat, and for whom one is held."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.core import clock
from app.core.db import db

_ENTRY = select(WaitlistEntry).where(
    WaitlistEntry.user_id == bindparam("user_id"),
    WaitlistEntry.course_id == bindparam("course_id"),
    WaitlistEntry.ended_at.is_(None),
)


def find_entry(user_id: int, course_id: int) -> WaitlistEntry | None:
    """Return this person's open place in the line, or the offer made to them."""
    which = {"user_id": user_id, "course_id": course_id}
    return db.session.execute(_ENTRY, which).scalar_one_or_none()


def lapsed_courses() -> Sequence[int]:
    """Return the courses with offers that have run out, by the database's clock.

    One that is deleted has its seats looked at once it is restored.
    """
    statement = (
        select(WaitlistEntry.course_id)
        .join(Course, Course.id == WaitlistEntry.course_id)
        .where(
            WaitlistEntry.state == WaitlistState.OFFERED, has_lapsed(), Course.deleted_at.is_(None)
        )
    )
    return db.session.execute(statement.distinct()).scalars().all()


def has_lapsed() -> ColumnElement[bool]:
    """Return the condition that an offer has run out, by the database's clock."""
    return WaitlistEntry.offer_ends_at <= clock.db_time()


def place_of() -> ColumnElement[int]:
    """Return the place of a `WaitlistEntry` in its line, from 1; 0 for one who does not wait."""
    return _same_line(
        or_(
            _OTHER.priority < WaitlistEntry.priority,
            and_(_OTHER.priority == WaitlistEntry.priority, _OTHER.ticket <= WaitlistEntry.ticket),
        )
    ).scalar_subquery()


def length_of() -> ColumnElement[int]:
    """Return how many wait in the line of a `WaitlistEntry`, itself among them."""
    return _same_line().scalar_subquery()


def _same_line(*which: ColumnElement[bool]) -> Select[int]:
    """Count those who wait for the same: the course, or the same cohort of it."""
    return (
        select(func.count(_OTHER.id))
        .where(
            WaitlistEntry.state == WaitlistState.WAITING,
            _OTHER.course_id == WaitlistEntry.course_id,
            _OTHER.state == WaitlistState.WAITING,
            _OTHER.cohort_id.is_not_distinct_from(WaitlistEntry.cohort_id),
            *which,
        )
        .correlate(WaitlistEntry)
    )


_OTHER = aliased(WaitlistEntry)
