"""What those who teach do with the people of a course: put in, take out, put elsewhere."""

from collections.abc import Sequence

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.accounts.queries import find_user_by_email
from app.blueprints.enrollments.errors import CourseFull, NoSuchCohort
from app.blueprints.enrollments.events import MovedToCohort, PrerequisitesWaived
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    PrerequisiteWaiver,
    WaitlistState,
)
from app.blueprints.enrollments.queries import find_entry
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.enrollments.rules.outcomes import Decided, Outcome
from app.blueprints.enrollments.services.admission import check_goes_on
from app.blueprints.enrollments.services.bulk import given_reason, open_decided, open_for
from app.blueprints.enrollments.services.enrolling import enrollment_of, leave
from app.blueprints.enrollments.services.moves import move
from app.blueprints.enrollments.services.seating import seat_or_line
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.events import record

S = EnrollmentStatus


def put_in(
    actor: Actor, *, course_id: int, user_ids: Sequence[int], cohort_id: int | None = None
) -> list[Decided]:
    """Enrol these people without asking them, or let them wait where no seat is free.

    Approval, prerequisites and windows are asked of those who come by themselves. Raises
    `NotFound`, `Forbidden`, `NotOpen` and `NoSuchCohort`.
    """
    seats = open_decided(actor, course_id)
    check_goes_on(seats)
    if cohort_id is not None and cohort_id not in seats.cohorts:
        raise NoSuchCohort
    known = set(db.session.execute(select(User.id).where(User.id.in_(user_ids))).scalars())
    outcomes = {one: _put_in(actor, seats, one, cohort_id) for one in user_ids if one in known}
    audit.record(actor, "enrollment.put_in", "course", course_id, users=sorted(outcomes))
    return [Decided(one, outcomes.get(one, Outcome.UNKNOWN)) for one in user_ids]


def take_out(
    actor: Actor, *, course_id: int, enrollment_ids: Sequence[int], reason: str
) -> list[Decided]:
    """Take these people out of the course; in again they only get as others do.

    Raises `NotFound`, `Forbidden` and `ReasonNeeded`.
    """
    why = given_reason(reason)
    many = open_for(actor, course_id, enrollment_ids)
    outcomes = {one.id: _take_out(actor, many.seats, one, why) for one in many.found.values()}
    audit.record(actor, "enrollment.taken_out", "course", course_id, ids=sorted(outcomes))
    return many.report(outcomes)


def move_to_cohort(
    actor: Actor, *, course_id: int, enrollment_ids: Sequence[int], cohort_id: int | None
) -> list[Decided]:
    """Put these people into that cohort, or into none, while it has seats.

    Raises `NotFound`, `Forbidden` and `NoSuchCohort`.
    """
    many = open_for(actor, course_id, enrollment_ids)
    if cohort_id is not None and cohort_id not in many.seats.cohorts:
        raise NoSuchCohort
    found = many.found.values()
    outcomes = {one.id: _move(actor, many.seats, one, cohort_id) for one in found}
    offer_free_seats(many.seats)
    return many.report(outcomes)


def waive_prerequisites(actor: Actor, *, course_id: int, email: str, reason: str) -> None:
    """Let whoever has this address take the course without those that it asks for.

    Nobody's address is answered like somebody's. Raises `NotFound`, `Forbidden` and
    `ReasonNeeded`.
    """
    why = given_reason(reason)
    seats = open_decided(actor, course_id)
    user = find_user_by_email(email)
    if user is not None:
        _waive(actor, seats, user.id, why)


def _put_in(actor: Actor, seats: Seats, user_id: int, cohort_id: int | None) -> Outcome:
    enrollment = enrollment_of(seats.course.id, user_id)
    if enrollment.status in MEMBERS:
        return Outcome.NOT_SO
    try:
        place = seat_or_line(seats, enrollment, actor=actor, cohort_id=cohort_id)
    except CourseFull:
        return Outcome.FULL
    if isinstance(place, Enrollment):
        return Outcome.SEATED
    enrollment.admitted_at = seats.now
    if enrollment.status not in (S.PENDING, S.PAUSED):
        move(enrollment, S.PENDING, actor=actor, now=seats.now)
    return Outcome.QUEUED


def _take_out(actor: Actor, seats: Seats, enrollment: Enrollment, reason: str) -> Outcome:
    if enrollment.status not in (S.ENROLLED, S.PAUSED, S.PENDING):
        return Outcome.NOT_SO
    leave(seats, enrollment, actor, reason)
    enrollment.admitted_at = enrollment.invitation_id = None
    return Outcome.WITHDRAWN


def _waive(actor: Actor, seats: Seats, user_id: int, why: str) -> None:
    course_id = seats.course.id
    values = {"actor_id": actor.id, "reason": why, "at": seats.now}
    row = insert_for(PrerequisiteWaiver).values(course_id=course_id, user_id=user_id, **values)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["course_id", "user_id"], set_=values)
    )
    record(PrerequisitesWaived(course_id, user_id, actor.id, why))
    audit.record(actor, "enrollment.waived", "course", course_id, user=user_id, reason=why)


def _move(actor: Actor, seats: Seats, enrollment: Enrollment, cohort_id: int | None) -> Outcome:
    entry = find_entry(enrollment.user_id, seats.course.id)
    if (entry or enrollment).cohort_id == cohort_id:
        return Outcome.NOT_SO
    if entry and entry.state is WaitlistState.OFFERED:
        return Outcome.NOT_SO
    if enrollment.holds_seat and not _change_seat(seats, enrollment.cohort_id, cohort_id):
        return Outcome.FULL
    enrollment.cohort_id = cohort_id
    if entry:
        entry.cohort_id = cohort_id
    record(MovedToCohort(enrollment.id, seats.course.id, enrollment.user_id, actor.id, cohort_id))
    return Outcome.MOVED


def _change_seat(seats: Seats, old: int | None, new: int | None) -> bool:
    """Count the seat in the other cohort; False where that one is full."""
    if new is not None and seats.cohorts[new].seats.free == 0:
        return False
    seats.give_back(old)
    seats.take(new)
    return True
