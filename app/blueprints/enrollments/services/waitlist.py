"""Standing in line: leaving it, and being moved in it or taken out by those who teach."""

from sqlalchemy import select, update

from app.blueprints.courses.models import CourseStatus
from app.blueprints.enrollments.errors import NotWaiting, OfferOver
from app.blueprints.enrollments.events import OfferDeclined, Reordered, WaitlistLeft
from app.blueprints.enrollments.models import Enrollment, WaitlistEntry, WaitlistState
from app.blueprints.enrollments.queries import find_entry
from app.blueprints.enrollments.queries.line import place_of
from app.blueprints.enrollments.rules.line import Place, priorities
from app.blueprints.enrollments.services.admission import check_goes_on
from app.blueprints.enrollments.services.bulk import given_reason, open_decided
from app.blueprints.enrollments.services.enrolling import enrollment_of
from app.blueprints.enrollments.services.entries import end_entry
from app.blueprints.enrollments.services.seating import take_held
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats, open_seats
from app.core import audit
from app.core.actor import SYSTEM, Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import record


def take_offer(actor: Actor, *, course_id: int) -> Enrollment:
    """Seat `actor` where a seat is held for them; raises `NotFound`, `OfferOver` and `NotOpen`.

    An offer that has run out is over, whether anything has swept it or not.
    """
    seats = open_seats(course_id)
    enrollment = enrollment_of(course_id, actor.id)
    if enrollment.holds_seat:
        return enrollment
    entry = find_entry(actor.id, course_id)
    if entry is None or entry.state is not WaitlistState.OFFERED:
        raise OfferOver
    check_goes_on(seats)
    return take_held(seats, enrollment, entry, actor=actor)


def leave_line(actor: Actor, *, course_id: int) -> None:
    """Let `actor` out of the line, or decline what is offered to them.

    The seat goes on to the next at once. Raises `NotFound` and `NotWaiting`.
    """
    seats = open_seats(course_id)
    entry = find_entry(actor.id, course_id)
    if entry is None:
        raise NotWaiting
    _end(actor, seats, entry)


def remove_from_line(actor: Actor, *, course_id: int, entry_id: int, reason: str) -> None:
    """Take somebody out of the line, or an offer back, for a reason that they read.

    Raises `NotFound`, `Forbidden`, `ReasonNeeded` and `NotWaiting`.
    """
    why = given_reason(reason)
    seats = open_decided(actor, course_id)
    entry = _open_entry(course_id, entry_id)
    _end(actor, seats, entry, why)
    audit.record(actor, "waitlist.removed", "course", course_id, user=entry.user_id, reason=why)


def reorder(actor: Actor, *, course_id: int, entry_id: int, place: int, reason: str) -> None:
    """Put somebody who waits at `place` (from 1) of the line, for a reason that they read.

    Raises `NotFound`, `Forbidden`, `ReasonNeeded` and `NotWaiting`.
    """
    why = given_reason(reason)
    open_decided(actor, course_id)
    entry = _open_entry(course_id, entry_id)
    if entry.state is not WaitlistState.WAITING:
        raise NotWaiting
    line = _places(course_id)
    changed = priorities(line, entry.id, place)
    db.session.execute(
        update(WaitlistEntry), [{"id": one, "priority": value} for one, value in changed.items()]
    )
    entry.reason = why
    place = min(max(place, 1), len(line))
    record(Reordered(entry.id, course_id, entry.user_id, actor.id, _own_place(entry.id), why))
    audit.record(
        actor,
        "waitlist.reordered",
        "course",
        course_id,
        user=entry.user_id,
        place=place,
        reason=why,
    )


def close_line(*, course_id: int, reason: str) -> None:
    """Let everybody out of the line of a course that takes nobody in any more.

    Raises `NotFound`.
    """
    seats = open_seats(course_id)
    if seats.course.status is CourseStatus.PUBLISHED:
        return  # it was brought back meanwhile
    statement = select(WaitlistEntry).where(
        WaitlistEntry.course_id == course_id, WaitlistEntry.ended_at.is_(None)
    )
    for entry in db.session.execute(statement.order_by(WaitlistEntry.id)).scalars().all():
        _end(SYSTEM, seats, entry, reason)


def _end(actor: Actor, seats: Seats, entry: WaitlistEntry, reason: str = "") -> None:
    """End the wait; an own offer is declined, all else is left."""
    offered = entry.state is WaitlistState.OFFERED
    if offered:
        seats.give_back(entry.cohort_id)
    declined = offered and actor.id == entry.user_id
    state = WaitlistState.DECLINED if declined else WaitlistState.LEFT
    end_entry(entry, state, actor, seats.now, reason)
    course_id, user_id = entry.course_id, entry.user_id
    if declined:
        record(OfferDeclined(entry.id, course_id, user_id))
    else:
        record(WaitlistLeft(entry.id, course_id, user_id, actor.id, reason))
    offer_free_seats(seats)


def _open_entry(course_id: int, entry_id: int) -> WaitlistEntry:
    statement = select(WaitlistEntry).filter_by(id=entry_id, course_id=course_id)
    entry = db.session.execute(statement).scalar_one_or_none()
    if entry is None:
        raise NotFound
    if entry.ended_at is not None:
        raise NotWaiting
    return entry


def _own_place(entry_id: int) -> int:
    """Return the place among those who wait for the same, as the person sees it."""
    statement = select(place_of()).select_from(WaitlistEntry).where(WaitlistEntry.id == entry_id)
    return db.session.execute(statement).scalar_one()


def _places(course_id: int) -> list[Place]:
    statement = (
        select(WaitlistEntry.id, WaitlistEntry.priority, WaitlistEntry.ticket)
        .where(WaitlistEntry.course_id == course_id, WaitlistEntry.state == WaitlistState.WAITING)
        .order_by(WaitlistEntry.priority, WaitlistEntry.ticket)
    )
    return [Place(*row) for row in db.session.execute(statement)]
