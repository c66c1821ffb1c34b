"""Sitting down, getting up, and waiting where no seat is free. The caller holds the seats."""

from collections.abc import Sequence

from sqlalchemy import bindparam, exists, select

from app.blueprints.courses.queries import last_number
from app.blueprints.enrollments.errors import CourseFull
from app.blueprints.enrollments.events import Enrolled
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries import find_entry
from app.blueprints.enrollments.rules.seats import Admission, admit
from app.blueprints.enrollments.services.entries import begin_entry
from app.blueprints.enrollments.services.moves import move_all
from app.blueprints.enrollments.services.seats import Seats
from app.core.actor import Actor
from app.core.db import db
from app.core.events import record_all

_CAME_BACK = (EnrollmentStatus.WITHDRAWN, EnrollmentStatus.PAUSED)
_WAITS = select(
    exists().where(
        WaitlistEntry.course_id == bindparam("course_id"),
        WaitlistEntry.state == WaitlistState.WAITING,
        WaitlistEntry.cohort_id.is_not_distinct_from(bindparam("cohort_id")),
    )
)


def seat_or_line(
    seats: Seats, enrollment: Enrollment, *, actor: Actor, cohort_id: int | None
) -> Enrollment | WaitlistEntry:
    """Seat this person, or let them wait; raises `CourseFull` where nobody waits.

    A seat that is held for them is taken; who waits already keeps their place.
    """
    entry = find_entry(enrollment.user_id, seats.course.id)
    if entry and entry.state is WaitlistState.OFFERED:
        return take_held(seats, enrollment, entry, actor=actor)
    return entry or seat_or_begin_line(seats, enrollment, actor=actor, cohort_id=cohort_id)


def seat_or_begin_line(
    seats: Seats, enrollment: Enrollment, *, actor: Actor, cohort_id: int | None
) -> Enrollment | WaitlistEntry:
    """As `seat_or_line`, for one who is known to be in no line."""
    match _admission(seats, cohort_id):
        case Admission.SEAT:
            seats.take(cohort_id)
            return _sit_down(seats, enrollment, actor=actor, cohort_id=cohort_id)
        case Admission.LINE:
            return _wait(seats, enrollment, cohort_id)
        case _:
            raise CourseFull(seats.pool.capacity or 0)


def take_held(
    seats: Seats, enrollment: Enrollment, entry: WaitlistEntry, *, actor: Actor
) -> Enrollment:
    """Seat this person where an open offer holds a seat for them."""
    entry.state, entry.ended_at = WaitlistState.SEATED, seats.now
    return _sit_down(seats, enrollment, actor=actor, cohort_id=entry.cohort_id)


def get_up(seats: Seats, enrollment: Enrollment) -> None:
    """Let the person's seat come free, if they hold one."""
    if enrollment.holds_seat:
        enrollment.holds_seat = False
        seats.give_back(enrollment.cohort_id)


def _admission(seats: Seats, cohort_id: int | None) -> Admission:
    free = seats.free(cohort_id)
    waiting = free != 0 and _somebody_waits(seats.course.id, cohort_id)
    return admit(free=free, waiting=waiting, has_waitlist=seats.course.has_waitlist)


def _somebody_waits(course_id: int, cohort_id: int | None) -> bool:
    which = {"course_id": course_id, "cohort_id": cohort_id}
    return bool(db.session.execute(_WAITS, which).scalar_one())


def sit_down_all(
    seats: Seats, chosen: Sequence[tuple[Enrollment, int | None]], *, actor: Actor
) -> None:
    """Put people on seats that are counted, each in a cohort or none, in few statements.

    They follow the course's current version.
    """
    people = [enrollment for enrollment, _cohort in chosen]
    came_back = [one.status in _CAME_BACK for one in people]
    if any(one.seen_number is None for one in people):
        newest = last_number(seats.course.id)  # nothing is news to one who begins
        for one in people:
            one.seen_number = newest if one.seen_number is None else one.seen_number
    for enrollment, cohort_id in chosen:
        enrollment.cohort_id = cohort_id
        enrollment.holds_seat = True
        enrollment.enrolled_at = seats.now
        enrollment.admitted_at = enrollment.admitted_at or seats.now
        enrollment.pinned_version_id = None
    move_all(people, EnrollmentStatus.ENROLLED, actor=actor, now=seats.now)
    record_all(
        Enrolled(one.id, seats.course.id, one.user_id, back, actor_id=actor.id)
        for one, back in zip(people, came_back, strict=True)
    )


def _sit_down(
    seats: Seats, enrollment: Enrollment, *, actor: Actor, cohort_id: int | None
) -> Enrollment:
    sit_down_all(seats, [(enrollment, cohort_id)], actor=actor)
    return enrollment


def _wait(seats: Seats, enrollment: Enrollment, cohort_id: int | None) -> WaitlistEntry:
    """Let the person wait in the order of their request, or of now where they made none."""
    ticket, enrollment.ticket = enrollment.ticket or seats.draw_ticket(), None
    return begin_entry(
        course_id=seats.course.id,
        user_id=enrollment.user_id,
        cohort_id=cohort_id,
        ticket=ticket,
        now=seats.now,
    )
