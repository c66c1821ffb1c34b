"""The only mover of an enrolment's status; each move is a row of its history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from app.blueprints.enrollments.errors import StatusFixed
from app.blueprints.enrollments.models import Enrollment, EnrollmentChange, EnrollmentStatus
from app.blueprints.enrollments.rules.statuses import Mover, may_move
from app.core.actor import Actor
from app.core.db import db, table_of
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

_LOCKED = (
    select(Enrollment)
    .where(
        Enrollment.course_id == bindparam("course_id"), Enrollment.user_id == bindparam("user_id")
    )
    .with_for_update()
)
_NOTE = insert(table_of(EnrollmentChange))


def lock_enrollment(course_id: int, user_id: int) -> Enrollment | None:
    """Return how this person stands in the course, locked; after the seats, never before."""
    which = {"course_id": course_id, "user_id": user_id}
    return db.session.execute(_LOCKED, which).scalar_one_or_none()


def move(
    enrollment: Enrollment,
    to: EnrollmentStatus,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """Take a locked or new enrolment this step; raises `StatusFixed`."""
    move_all([enrollment], to, actor=actor, now=now, reason=reason)


def move_all(
    enrollments: Sequence[Enrollment],
    to: EnrollmentStatus,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """Take locked or new enrolments the same step, in few statements; raises `StatusFixed`."""
    before = [one.status for one in enrollments]
    for enrollment in enrollments:
        if not may_move(enrollment.status, to, _part_of(actor, enrollment)):
            raise StatusFixed(_why_fixed(enrollment.status))
        enrollment.status, enrollment.reason = to, reason
        if to is not EnrollmentStatus.PENDING:
            enrollment.ticket = None  # its turn has come, or is over
    db.session.add_all(enrollments)
    db.session.flush()
    changes = [
        {
            "enrollment_id": enrollment.id,
            "from_status": was,
            "to_status": to,
            "actor_id": actor.id or None,
            "reason": reason,
            "at": now,
        }
        for enrollment, was in zip(enrollments, before, strict=True)
    ]
    if changes:
        db.session.execute(_NOTE, changes)


def _part_of(actor: Actor, enrollment: Enrollment) -> Mover:
    if actor.id == enrollment.user_id:
        return Mover.LEARNER
    return Mover.TEACHER if actor.is_authenticated else Mover.LECTERN


def _why_fixed(before: EnrollmentStatus | None) -> Text:
    if before is EnrollmentStatus.COMPLETED:
        return _l("You have completed this course, so it stays with you.")
    return _l("This cannot be done from where the enrolment stands now.")
