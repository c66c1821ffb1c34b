"""Asking to take part, and answering: one by one or many at once."""

from collections.abc import Sequence

from app.blueprints.enrollments import policies
from app.blueprints.enrollments.errors import CourseFull, NotOpen
from app.blueprints.enrollments.events import Approved, Rejected, Requested
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.models.enrollments import LONGEST_MESSAGE
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.enrollments.rules.outcomes import Decided, Outcome
from app.blueprints.enrollments.services.admission import (
    check_door,
    check_goes_on,
    has_to_ask,
)
from app.blueprints.enrollments.services.bulk import given_reason, open_for
from app.blueprints.enrollments.services.enrolling import enrollment_of
from app.blueprints.enrollments.services.moves import move
from app.blueprints.enrollments.services.seating import seat_or_line
from app.blueprints.enrollments.services.seats import Seats, open_seats
from app.core.actor import Actor
from app.core.errors import NotFound, TooLong
from app.core.events import record
from app.core.i18n import lazy_gettext as _l

S = EnrollmentStatus


def request_place(
    actor: Actor, *, course_id: int, message: str = "", cohort_id: int | None = None
) -> Enrollment:
    """Ask those who teach the course to let `actor` in; asked again, it changes nothing.

    Raises `TooLong`, `NotFound`, `NotOpen`, `PrerequisitesMissing`, `NoSuchCohort`.
    """
    message = message.strip()
    if len(message) > LONGEST_MESSAGE:
        raise TooLong(LONGEST_MESSAGE)
    seats = open_seats(course_id)
    if not policies.can_enrol(actor, seats.course):
        raise NotFound
    enrollment = enrollment_of(course_id, actor.id)
    if enrollment.status in MEMBERS or enrollment.status is S.PENDING:
        return enrollment
    check_door(seats, enrollment)
    if not has_to_ask(seats, enrollment):
        raise NotOpen(_l("You need not ask here: take a seat."))
    enrollment.cohort_id = seats.open_cohort(cohort_id)
    enrollment.message = message
    enrollment.requested_at = seats.now
    enrollment.ticket = seats.draw_ticket()
    move(enrollment, S.PENDING, actor=actor, now=seats.now)
    record(Requested(enrollment.id, course_id, actor.id))
    return enrollment


def approve(actor: Actor, *, course_id: int, enrollment_ids: Sequence[int]) -> list[Decided]:
    """Let those in who asked to take part, in the order in which they asked.

    Where no seat is free they wait in line by the time of their request. Raises `NotFound`,
    `Forbidden` and `NotOpen`.
    """
    many = open_for(actor, course_id, enrollment_ids)
    check_goes_on(many.seats)
    asked = sorted(many.found.values(), key=lambda one: one.ticket or 0)
    outcomes = {one.id: _approve(actor, many.seats, one) for one in asked}
    return many.report(outcomes)


def reject(
    actor: Actor, *, course_id: int, enrollment_ids: Sequence[int], reason: str
) -> list[Decided]:
    """Refuse those who asked to take part; raises `NotFound`, `Forbidden` and `ReasonNeeded`."""
    why = given_reason(reason)
    many = open_for(actor, course_id, enrollment_ids)
    return many.report(
        {one.id: _reject(actor, many.seats, one, why) for one in many.found.values()}
    )


def _approve(actor: Actor, seats: Seats, enrollment: Enrollment) -> Outcome:
    if not _waits_for_answer(enrollment):
        return Outcome.NOT_SO
    try:
        place = seat_or_line(seats, enrollment, actor=actor, cohort_id=enrollment.cohort_id)
    except CourseFull:
        return Outcome.FULL
    enrollment.admitted_at = seats.now
    queued = not isinstance(place, Enrollment)
    record(Approved(enrollment.id, seats.course.id, enrollment.user_id, actor.id, queued))
    return Outcome.QUEUED if queued else Outcome.SEATED


def _reject(actor: Actor, seats: Seats, enrollment: Enrollment, reason: str) -> Outcome:
    if not _waits_for_answer(enrollment) or enrollment.user_id == actor.id:
        return Outcome.NOT_SO  # what one has asked oneself is taken back, not rejected
    move(enrollment, S.REJECTED, actor=actor, now=seats.now, reason=reason)
    record(Rejected(enrollment.id, seats.course.id, enrollment.user_id, actor.id, reason))
    return Outcome.REJECTED


def _waits_for_answer(enrollment: Enrollment) -> bool:
    return enrollment.status is S.PENDING and enrollment.admitted_at is None
