"""What of somebody's courses waits: for their answer, for an answer to them, or for a seat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select

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
from app.core.db import read

# Parts of every learner's own page, so they are built once.
_COURSE = (Course.slug, Course.title, Course.cover)
_USER_ID: BindParameter[int] = bindparam("user_id")
_IS_OVER = (WaitlistEntry.state == WaitlistState.OFFERED) & has_lapsed()
_PLACES = (
    select(*_COURSE, place_of(), length_of(), WaitlistEntry.offer_ends_at, clock.db_time())
    .select_from(WaitlistEntry)
    .join(Course, Course.id == WaitlistEntry.course_id)
    .where(
        WaitlistEntry.user_id == _USER_ID,
        WaitlistEntry.ended_at.is_(None),
        ~_IS_OVER,
        Course.deleted_at.is_(None),
    )
    .order_by(WaitlistEntry.offer_ends_at.is_(None), WaitlistEntry.offer_ends_at, WaitlistEntry.id)
)
_REQUESTS = (
    select(*_COURSE, Enrollment.requested_at)
    .select_from(Enrollment)
    .join(Course, Course.id == Enrollment.course_id)
    .where(
        Enrollment.user_id == _USER_ID,
        Enrollment.status == EnrollmentStatus.PENDING,
        Enrollment.admitted_at.is_(None),
        Course.deleted_at.is_(None),
    )
    .order_by(Enrollment.requested_at, Enrollment.id)
)
_KNOWN = select(Enrollment.id).where(
    Enrollment.user_id == _USER_ID, Enrollment.course_id == Invitation.course_id
)
_INVITATIONS = (
    select(*_COURSE, Invitation.created_at)
    .select_from(Invitation)
    .join(User, is_for(User))
    .join(Course, Course.id == Invitation.course_id)
    .where(User.id == _USER_ID, is_usable(), ~_KNOWN.exists(), Course.deleted_at.is_(None))
    .order_by(Invitation.id)
)


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
    return [Place(*row) for row in read(_PLACES, {"user_id": user_id})]


def requests_of(user_id: int) -> list[Asked]:
    """Return what this person has asked for without an answer, the oldest first."""
    return [Asked(*row) for row in read(_REQUESTS, {"user_id": user_id})]


def invitations_of(user_id: int) -> list[Asked]:
    """Return the courses that this person's address is invited to, except where they are known."""
    return [Asked(*row) for row in read(_INVITATIONS, {"user_id": user_id})]
