"""Taking, leaving and counting seats; the only writer of seat pools.

Every seat command locks the course's pool first, so that looking and deciding are one.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, Select, func, select, update

from app.blueprints.courses.models import Course, CourseVersion, SeatPool
from app.blueprints.courses.queries import get_course, last_number
from app.blueprints.enrollments import policies, rules
from app.blueprints.enrollments.errors import CourseFull, NotOpen, StatusFixed, TooFewSeats
from app.blueprints.enrollments.events import Enrolled, Withdrawn
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l


def enrol(actor: Actor, *, course_id: int) -> Enrollment:
    """Give `actor` a seat; one who has a seat already is answered the same.

    Raises `NotFound`, `NotOpen` and `CourseFull`.
    """
    pool, course = _lock_seats(course_id)
    if not policies.can_enrol(actor, course):
        raise NotFound
    enrollment = _lock_enrollment(course_id, actor.id)
    if enrollment and enrollment.holds_seat:
        return enrollment
    closed = rules.why_closed(course.status, course.enrollment_type)
    if closed:
        raise NotOpen(closed)
    if rules.admit(capacity=pool.capacity, taken=pool.taken, waiting=0) is rules.Admission.FULL:
        raise CourseFull(pool.capacity or 0)
    came_back = enrollment is not None
    enrollment = enrollment or Enrollment(course_id=course_id, user_id=actor.id)
    if enrollment.seen_number is None:
        enrollment.seen_number = last_number(course_id)  # nothing is news to one who begins
    _seat(enrollment, pool)
    record(Enrolled(enrollment.id, course_id, actor.id, came_back))
    return enrollment


def withdraw(actor: Actor, *, course_id: int) -> Enrollment:
    """Let `actor` leave the course; what they did stays, their seat comes free.

    Raises `NotFound` for one who was never in it, and `StatusFixed` for a completed course.
    """
    pool, _course = _lock_seats(course_id)
    enrollment = _lock_enrollment(course_id, actor.id)
    if enrollment is None:
        raise NotFound
    if enrollment.status is EnrollmentStatus.WITHDRAWN:
        return enrollment
    if not rules.may_become(enrollment.status, EnrollmentStatus.WITHDRAWN):
        raise StatusFixed(_l("You have completed this course, so it stays with you."))
    pool.taken -= enrollment.holds_seat
    enrollment.holds_seat = False
    enrollment.status = EnrollmentStatus.WITHDRAWN
    record(Withdrawn(enrollment.id, course_id, actor.id))
    return enrollment


def see_news(actor: Actor, *, course_id: int, number: int) -> None:
    """Note that `actor` knows what is new up to version `number`, at most that which they are on.

    Doing so twice, or late from another tab, changes nothing.
    """
    on = select(CourseVersion.number).where(
        CourseVersion.id == func.coalesce(Enrollment.pinned_version_id, Course.current_version_id),
        Course.id == course_id,
    )
    newest = func.coalesce(on.scalar_subquery(), 0)
    db.session.execute(
        update(Enrollment)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.user_id == actor.id,
            func.coalesce(Enrollment.seen_number, 0) < number,
            newest >= number,
        )
        .values(seen_number=number)
        .execution_options(synchronize_session=False)
    )


def complete(*, among: Select[int]) -> Sequence[Row[int, int, int]]:
    """Complete those of the enrolments `among` that are under way; return (id, course, user).

    For the domain that knows what was learned, in one statement for any number of learners. A
    completed enrolment keeps its seat.
    """
    statement = (
        update(Enrollment)
        .where(Enrollment.id.in_(among), Enrollment.status == EnrollmentStatus.ENROLLED)
        .values(status=EnrollmentStatus.COMPLETED, completed_at=clock.db_time())
        .returning(Enrollment.id, Enrollment.course_id, Enrollment.user_id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).all()


def set_capacity(actor: Actor, *, course_id: int, capacity: int | None) -> SeatPool:
    """Let the course have `capacity` seats, None for no limit.

    Raises `NotFound`, `Forbidden`, `Invalid` for no seats at all and `TooFewSeats`.
    """
    pool, course = _lock_seats(course_id)
    if not policies.can_set_capacity(actor, course):
        raise Forbidden
    if capacity is not None and capacity < 1:
        message = _l("A course needs at least one seat.")
        raise Invalid(message, fields={"capacity": message})
    if capacity is not None and capacity < pool.taken:
        raise TooFewSeats(capacity, pool.taken)
    before, pool.capacity = pool.capacity, capacity
    audit.record(actor, "course.capacity", "course", course_id, before=before, after=capacity)
    return pool


def pin_learners(*, course_id: int, version_id: int) -> None:
    """Keep those who follow the current version on `version_id`; one statement for all."""
    _pin(course_id, Enrollment.pinned_version_id.is_(None), version_id)


def unpin_learners(*, course_id: int) -> None:
    """Let everybody follow the current version; one statement for all."""
    _pin(course_id, Enrollment.pinned_version_id.is_not(None), None)


def _pin(course_id: int, which: ColumnElement[bool], version_id: int | None) -> None:
    db.session.execute(
        update(Enrollment)
        .where(Enrollment.course_id == course_id, which)
        .values(pinned_version_id=version_id)
        .execution_options(synchronize_session=False)
    )


def _seat(enrollment: Enrollment, pool: SeatPool) -> None:
    """Put the person on a seat of `pool`, following the course's current version."""
    pool.taken += 1
    enrollment.holds_seat = True
    enrollment.status = EnrollmentStatus.ENROLLED
    enrollment.enrolled_at = clock.db_now()
    enrollment.pinned_version_id = None
    db.session.add(enrollment)
    db.session.flush()


def _lock_seats(course_id: int) -> tuple[SeatPool, Course]:
    """Return the course's pool, locked, and the course as it is under that lock."""
    of_course = select(Course.seat_pool_id).where(Course.id == course_id).scalar_subquery()
    statement = select(SeatPool).where(SeatPool.id == of_course).with_for_update()
    pool = db.session.execute(statement).scalar_one_or_none()
    if pool is None:
        raise NotFound
    return pool, get_course(course_id)


def _lock_enrollment(course_id: int, user_id: int) -> Enrollment | None:
    statement = select(Enrollment).filter_by(course_id=course_id, user_id=user_id)
    return db.session.execute(statement.with_for_update()).scalar_one_or_none()
