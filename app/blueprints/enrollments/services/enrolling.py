"""What learners do by themselves: taking a seat or a place in line, pausing, leaving."""

from app.blueprints.enrollments import policies
from app.blueprints.enrollments.errors import ApprovalNeeded, StatusFixed
from app.blueprints.enrollments.events import Paused, Withdrawn
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries import find_entry
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.enrollments.services.admission import check_door, has_to_ask
from app.blueprints.enrollments.services.entries import end_entry
from app.blueprints.enrollments.services.moves import lock_enrollment, move
from app.blueprints.enrollments.services.seating import get_up, seat_or_begin_line, take_held
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats, open_seats
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l

S = EnrollmentStatus


def enrol(
    actor: Actor, *, course_id: int, cohort_id: int | None = None
) -> Enrollment | WaitlistEntry:
    """Give `actor` a seat, or a place in line where none is free; also to one who comes back.

    One who has either is answered the same. Raises `NotFound`, `NoSuchCohort`, `NotOpen`,
    `PrerequisitesMissing`, `ApprovalNeeded` and `CourseFull`.
    """
    seats = open_seats(course_id)
    if not policies.can_enrol(actor, seats.course):
        raise NotFound
    enrollment = enrollment_of(course_id, actor.id)
    if enrollment.status in MEMBERS:
        return enrollment
    entry = find_entry(actor.id, course_id)
    if entry and entry.state is WaitlistState.WAITING:
        return entry
    check_door(seats, enrollment)
    if has_to_ask(seats, enrollment):
        raise ApprovalNeeded
    if entry:
        return take_held(seats, enrollment, entry, actor=actor)
    chosen = seats.open_cohort(cohort_id)
    place = seat_or_begin_line(seats, enrollment, actor=actor, cohort_id=chosen)
    if enrollment.status is S.PENDING:  # had asked; the place in line stands for it now
        move(enrollment, S.WITHDRAWN, actor=actor, now=seats.now)
    return place


def withdraw(actor: Actor, *, course_id: int) -> Enrollment:
    """Let `actor` leave the course, or take their request back; what they did stays.

    Raises `NotFound` for one who was never in it, and `StatusFixed` for a completed course.
    """
    seats = open_seats(course_id)
    enrollment = _own(actor, course_id)
    if enrollment.status is not S.WITHDRAWN:
        leave(seats, enrollment, actor)
    return enrollment


def leave(seats: Seats, enrollment: Enrollment, actor: Actor, reason: str = "") -> None:
    """Take the person out of the course and of its line; whoever is next is offered the seat."""
    entry = find_entry(enrollment.user_id, seats.course.id)
    if entry:
        if entry.state is WaitlistState.OFFERED:
            seats.give_back(entry.cohort_id)
        end_entry(entry, WaitlistState.LEFT, actor, seats.now, reason)
    get_up(seats, enrollment)
    if enrollment.status is not S.WITHDRAWN:
        move(enrollment, S.WITHDRAWN, actor=actor, now=seats.now, reason=reason)
    record(
        Withdrawn(
            enrollment.id, seats.course.id, enrollment.user_id, actor_id=actor.id, reason=reason
        )
    )
    offer_free_seats(seats)


def pause(actor: Actor, *, course_id: int) -> Enrollment:
    """Put the place of `actor` on hold: their seat comes free, what they did stays.

    Raises `NotFound` and `StatusFixed`.
    """
    seats = open_seats(course_id)
    enrollment = _own(actor, course_id)
    if enrollment.status is S.PAUSED:
        return enrollment
    if enrollment.status is not S.ENROLLED:
        raise StatusFixed(_l("Only a course that is under way can be put on hold."))
    get_up(seats, enrollment)
    move(enrollment, S.PAUSED, actor=actor, now=seats.now)
    record(Paused(enrollment.id, course_id, actor.id, actor_id=actor.id, reason=""))
    offer_free_seats(seats)
    return enrollment


def enrollment_of(course_id: int, user_id: int) -> Enrollment:
    """Return how this person stands in the course, locked, or what would become of it."""
    found = lock_enrollment(course_id, user_id)
    return found or Enrollment(course_id=course_id, user_id=user_id)


def _own(actor: Actor, course_id: int) -> Enrollment:
    enrollment = lock_enrollment(course_id, actor.id)
    if enrollment is None:
        raise NotFound
    return enrollment
