"""Who waits for a seat, and for whom one is held."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.core import clock
from app.core.db import db


def find_entry(user_id: int, course_id: int) -> WaitlistEntry | None:
    """Return this person's open place in the line, or the offer made to them."""
    statement = select(WaitlistEntry).where(
        WaitlistEntry.user_id == user_id,
        WaitlistEntry.course_id == course_id,
        WaitlistEntry.ended_at.is_(None),
    )
    return db.session.execute(statement).scalar_one_or_none()


def lapsed_courses() -> Sequence[int]:
    """Return the courses with offers that have run out, by the database's clock."""
    statement = select(WaitlistEntry.course_id).where(
        WaitlistEntry.state == WaitlistState.OFFERED, has_lapsed()
    )
    return db.session.execute(statement.distinct()).scalars().all()


def has_lapsed() -> ColumnElement[bool]:
    """Return the condition that an offer has run out, by the database's clock."""
    return WaitlistEntry.offer_ends_at <= clock.db_time()
