"""What has happened to one person in one course: steps, waits, moves in the line, exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentChange,
    PrerequisiteWaiver,
    WaitlistEntry,
)
from app.core.audit import AuditEvent
from app.core.db import db

# Of the moves in a course's line, the latest so many are looked through.
_MOST_MOVES = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `what` in our own words, who did it (nobody: Lectern), and why."""

    at: datetime
    what: str
    who: str = ""
    why: str = ""
    detail: datetime | int | None = None


def history_of(enrollment: Enrollment) -> list[Step]:
    """Return what happened, the latest first, in four statements."""
    course_id, user_id = enrollment.course_id, enrollment.user_id
    steps = [
        *_changes(enrollment.id),
        *_waits(course_id, user_id),
        *_moves(course_id, user_id),
        *_waivers(course_id, user_id),
    ]
    return sorted(steps, key=lambda one: one.at, reverse=True)


def _changes(enrollment_id: int) -> Iterator[Step]:
    statement = (
        select(EnrollmentChange, User.display_name)
        .outerjoin(User, User.id == EnrollmentChange.actor_id)
        .where(EnrollmentChange.enrollment_id == enrollment_id)
        .order_by(EnrollmentChange.id.desc())
    )
    for one, name in db.session.execute(statement):
        yield Step(one.at, one.to_status.value, name or "", one.reason)


def _waits(course_id: int, user_id: int) -> Iterator[Step]:
    statement = select(WaitlistEntry).filter_by(course_id=course_id, user_id=user_id)
    for one in db.session.execute(statement.order_by(WaitlistEntry.id.desc())).scalars():
        if one.ended_at:
            yield Step(one.ended_at, f"line_{one.state.value}", why=one.reason)
        if one.offered_at:
            yield Step(one.offered_at, "line_offered", detail=one.offer_ends_at)
        yield Step(one.joined_at, "line_joined")


def _moves(course_id: int, user_id: int) -> Iterator[Step]:
    statement = (
        select(AuditEvent)
        .filter_by(object_type="course", object_id=str(course_id), action="waitlist.reordered")
        .order_by(AuditEvent.id.desc())
        .limit(_MOST_MOVES)
    )
    for one in db.session.execute(statement).scalars():
        if one.detail.get("user") == user_id:
            place, why = one.detail.get("place"), str(one.detail.get("reason", ""))
            yield Step(one.at, "line_moved", one.actor_name, why, place)


def _waivers(course_id: int, user_id: int) -> Iterator[Step]:
    statement = (
        select(PrerequisiteWaiver, User.display_name)
        .join(User, User.id == PrerequisiteWaiver.actor_id)
        .where(PrerequisiteWaiver.course_id == course_id, PrerequisiteWaiver.user_id == user_id)
    )
    for one, name in db.session.execute(statement):
        yield Step(one.at, "waived", name, one.reason)
