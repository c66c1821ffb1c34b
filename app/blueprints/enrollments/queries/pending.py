"""What of somebody's courses waits: for their answer, for an answer to them, or for a seat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    Invitation,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries.invitations import is_for, is_usable
from app.blueprints.enrollments.queries.line import has_lapsed, length_of, place_of
from app.core import clock
from app.core.db import db


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a line; with `ends_at`, a seat that is held."""

    slug: str
    title: str
    cover: str
    number: int
    length: int
    ends_at: datetime | None
    now: datetime

    @property
    def seconds_left(self) -> int:
        """Return how long the offer is still open."""
        return int((self.ends_at - self.now).total_seconds()) if self.ends_at else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A course that somebody asked to be let into, or is asked to take part in, since when."""

    slug: str
    title: str
    cover: str
    since: datetime | None


def places_of(user_id: int) -> list[Place]:
    """Return what this person waits for, offers first, the one that ends next before the others.

    An offer that has run out is none, whether anything has swept it or not.
    """
    is_over = (WaitlistEntry.state == WaitlistState.OFFERED) & has_lapsed()
    statement = (
        select(
            *_COURSE,
            place_of(),
            length_of(),
            WaitlistEntry.offer_ends_at,
            clock.db_time(),
        )
        .select_from(WaitlistEntry)
        .join(Course, Course.id == WaitlistEntry.course_id)
        .where(
            WaitlistEntry.user_id == user_id,
            WaitlistEntry.ended_at.is_(None),
            ~is_over,
            Course.deleted_at.is_(None),
        )
        .order_by(
            WaitlistEntry.offer_ends_at.is_(None), WaitlistEntry.offer_ends_at, WaitlistEntry.id
        )
    )
    return [Place(*row) for row in db.session.execute(statement)]


def requests_of(user_id: int) -> list[Asked]:
    """Return what this person has asked for without an answer, the oldest first."""
    statement = (
        select(*_COURSE, Enrollment.requested_at)
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .where(
            Enrollment.user_id == user_id,
            Enrollment.status == EnrollmentStatus.PENDING,
            Enrollment.admitted_at.is_(None),
            Course.deleted_at.is_(None),
        )
        .order_by(Enrollment.requested_at, Enrollment.id)
    )
    return [Asked(*row) for row in db.session.execute(statement)]


def invitations_of(user_id: int) -> list[Asked]:
    """Return the courses that this person's address is invited to, except where they are known."""
    known = select(Enrollment.id).where(
        Enrollment.user_id == user_id, Enrollment.course_id == Invitation.course_id
    )
    statement = (
        select(*_COURSE, Invitation.created_at)
        .select_from(Invitation)
        .join(User, is_for(User))
        .join(Course, Course.id == Invitation.course_id)
        .where(User.id == user_id, is_usable(), ~known.exists(), Course.deleted_at.is_(None))
        .order_by(Invitation.id)
    )
    return [Asked(*row) for row in db.session.execute(statement)]


_COURSE = (Course.slug, Course.title, Course.cover)
