"""Places in the lines: how they begin and how they end. The caller holds the seats."""

from collections.abc import Sequence
from datetime import datetime

from app.blueprints.enrollments.events import WaitlistJoined
from app.blueprints.enrollments.models import EnrollmentStatus, WaitlistEntry, WaitlistState
from app.blueprints.enrollments.services.moves import lock_enrollment, move
from app.core.actor import Actor
from app.core.db import db
from app.core.events import record_all


def begin_entry(
    *, course_id: int, user_id: int, cohort_id: int | None, ticket: int, now: datetime
) -> WaitlistEntry:
    """Let somebody wait whose turn is that of the ticket."""
    entry = WaitlistEntry(
        course_id=course_id, user_id=user_id, cohort_id=cohort_id, ticket=ticket, joined_at=now
    )
    begin_entries([entry])
    return entry


def begin_entries(entries: Sequence[WaitlistEntry]) -> None:
    """Let people wait whose turns are those of their tickets, in few statements."""
    db.session.add_all(entries)
    db.session.flush()
    record_all(WaitlistJoined(one.id, one.course_id, one.user_id) for one in entries)


def end_entry(
    entry: WaitlistEntry, state: WaitlistState, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """End a wait without a seat; whoever was let in and waited is outside again.

    Let in they stay: they may come back to the end of the line.
    """
    entry.state, entry.ended_at = state, now
    entry.reason = reason
    enrollment = lock_enrollment(entry.course_id, entry.user_id)
    if enrollment and enrollment.status is EnrollmentStatus.PENDING:
        move(enrollment, EnrollmentStatus.WITHDRAWN, actor=actor, now=now, reason=reason)
