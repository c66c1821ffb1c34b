"""One decision about many people of a course, in one transaction, reported for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.enrollments import policies
from app.blueprints.enrollments.errors import ReasonNeeded
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models.enrollments import LONGEST_REASON
from app.blueprints.enrollments.rules.outcomes import Decided, Outcome
from app.blueprints.enrollments.services.seats import Seats, open_seats
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound, TooLong


@dataclass(frozen=True, slots=True)
class Many:
    """The seats of the course, and those of the asked for who are in it, all locked."""

    seats: Seats
    asked: Sequence[int]
    found: dict[int, Enrollment]

    def report(self, outcomes: Mapping[int, Outcome]) -> list[Decided]:
        """Return what became of each, in the order in which they were given."""
        return [Decided(one, outcomes.get(one, Outcome.UNKNOWN)) for one in self.asked]


def open_for(actor: Actor, course_id: int, enrollment_ids: Sequence[int]) -> Many:
    """Lock the seats, then the enrolments; raises `NotFound` and `Forbidden`."""
    seats = open_decided(actor, course_id)
    statement = (
        select(Enrollment)
        .where(Enrollment.course_id == course_id, Enrollment.id.in_(enrollment_ids))
        .order_by(Enrollment.id)
        .with_for_update()
    )
    found = db.session.execute(statement).scalars()
    return Many(seats, enrollment_ids, {one.id: one for one in found})


def open_decided(actor: Actor, course_id: int) -> Seats:
    """Lock the seats for one who decides about people; raises `NotFound` and `Forbidden`."""
    seats = open_seats(course_id)
    if not policies.can_see_people(actor, seats.course):
        raise NotFound
    if not policies.can_decide_people(actor, seats.course):
        raise Forbidden
    return seats


def given_reason(reason: str) -> str:
    """Return the reason as it is kept; raises `ReasonNeeded` for none and `TooLong`."""
    words = reason.strip()
    if not words:
        raise ReasonNeeded
    if len(words) > LONGEST_REASON:
        raise TooLong(LONGEST_REASON)
    return words
