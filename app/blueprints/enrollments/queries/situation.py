"""One person before one course: how they stand, and what they can do next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    Invitation,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries.cohorts import list_cohorts
from app.blueprints.enrollments.queries.invitations import is_for, is_usable
from app.blueprints.enrollments.queries.line import length_of, place_of
from app.blueprints.enrollments.queries.prerequisites import Required, prerequisites_for
from app.blueprints.enrollments.rules.admission import Visitor, door_of
from app.blueprints.enrollments.rules.steps import Scene, Step, next_step
from app.core import clock
from app.core.db import db
from app.core.errors import Text

IS_IN_OR_WAITS = (Step.GO_ON, Step.ANSWER_OFFER, Step.WAIT_IN_LINE, Step.WAIT_FOR_ANSWER)

# Part of every page of a course, so it is built once.
_COURSE_ID: BindParameter[int] = bindparam("course_id")
_USER_ID: BindParameter[int] = bindparam("user_id")
_LAST_WAIT = (
    select(func.max(WaitlistEntry.id))
    .where(WaitlistEntry.course_id == _COURSE_ID, WaitlistEntry.user_id == _USER_ID)
    .scalar_subquery()
)
_INVITATION = (
    select(func.max(Invitation.id))
    .where(Invitation.course_id == _COURSE_ID, is_for(User), is_usable())
    .correlate(User)
    .scalar_subquery()
)
_MINE = (
    select(Enrollment, WaitlistEntry, place_of(), length_of(), _INVITATION, clock.db_time())
    .select_from(User)
    .outerjoin(Enrollment, and_(Enrollment.user_id == User.id, Enrollment.course_id == _COURSE_ID))
    .outerjoin(WaitlistEntry, WaitlistEntry.id == _LAST_WAIT)
    .options(joinedload(Enrollment.cohort))
    .where(User.id == _USER_ID)
)


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's rows: their enrolment, their last wait with its place, an open invitation."""

    enrollment: Enrollment | None = None
    entry: WaitlistEntry | None = None
    place: int = 0
    length: int = 0
    invitation_id: int | None = None

    def waits(self, now: datetime) -> WaitlistState | None:
        """Return how far an open wait has come; an offer that has run out is none."""
        if self.entry is None or self.entry.ended_at:
            return None
        ends_at = self.entry.offer_ends_at
        return None if ends_at and ends_at <= now else self.entry.state


@dataclass(frozen=True, slots=True)
class Situation:
    """How somebody stands before a course, with the one next step."""

    mine: Mine
    step: Step
    now: datetime
    closed: Text | None = None
    required: tuple[Required, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    is_full: bool = False

    @property
    def status(self) -> str:
        """Return how the person stands in the course; empty: not at all."""
        return self.mine.enrollment.status.value if self.mine.enrollment else ""

    @property
    def lapsed(self) -> WaitlistEntry | None:
        """Return the wait that ended last without a seat, while nothing came of it since."""
        entry = self.mine.entry
        over = (WaitlistState.EXPIRED, WaitlistState.DECLINED, WaitlistState.LEFT)
        if entry is None or self.mine.waits(self.now):
            return None
        ended = entry.ended_at or entry.offer_ends_at
        seated = self.mine.enrollment.enrolled_at if self.mine.enrollment else None
        if seated and ended and seated > ended:
            return None
        return entry if entry.state in (*over, WaitlistState.OFFERED) else None

    @property
    def seconds_left(self) -> int:
        """Return how long the offer is still open."""
        entry = self.mine.entry
        if entry is None or entry.offer_ends_at is None:
            return 0
        return max(0, int((entry.offer_ends_at - self.now).total_seconds()))


def situation_of(user_id: int | None, course: Course) -> Situation:
    """Return how this person, or a stranger, stands before the course.

    In one statement for who is in it or waits, in three for others, none for strangers.
    """
    if user_id is None:
        is_full = course.seats.free == 0
        now = clock.now()
        step, closed = next_step(_scene(course, Mine(), now, is_full=is_full))
        return Situation(Mine(), step, now, closed, is_full=is_full)
    mine, now = _mine(user_id, course.id)
    step, _none = next_step(_scene(course, mine, now))
    if step in IS_IN_OR_WAITS:
        return Situation(mine, step, now)
    return _before_the_door(user_id, course, mine, now)


def _before_the_door(user_id: int, course: Course, mine: Mine, now: datetime) -> Situation:
    required = tuple(prerequisites_for(user_id, course.id))
    cohorts = tuple(one for one in list_cohorts(course.id) if not one.is_closed)
    is_full = course.seats.free == 0 or (
        bool(cohorts) and all(one.seats.free == 0 for one in cohorts)
    )
    lacks = any(one.is_missing for one in required)
    step, closed = next_step(_scene(course, mine, now, lacks_courses=lacks, is_full=is_full))
    return Situation(mine, step, now, closed, required, cohorts, is_full)


def _scene(
    course: Course,
    mine: Mine,
    now: datetime,
    *,
    lacks_courses: bool = False,
    is_full: bool = False,
) -> Scene:
    enrollment = mine.enrollment
    visitor = Visitor(
        status=enrollment.status if enrollment else None,
        admitted=bool(enrollment and enrollment.admitted_at),
        invited=mine.invitation_id is not None,
    )
    return Scene(
        door_of(course),
        visitor,
        now,
        waits=mine.waits(now),
        lacks_courses=lacks_courses,
        is_full=is_full,
        has_waitlist=course.has_waitlist,
    )


def _mine(user_id: int, course_id: int) -> tuple[Mine, datetime]:
    values = {"user_id": user_id, "course_id": course_id}
    *rows, now = db.session.execute(_MINE, values).one()
    return Mine(*rows), now
