"""Putting people on hold and letting them back in, by those who teach."""

from collections.abc import Sequence

from app.blueprints.enrollments.events import Paused
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.rules.outcomes import Decided, Outcome
from app.blueprints.enrollments.services.bulk import given_reason, open_for
from app.blueprints.enrollments.services.moves import move
from app.blueprints.enrollments.services.people import put_in
from app.blueprints.enrollments.services.seating import get_up
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats
from app.core import audit
from app.core.actor import Actor
from app.core.events import record

S = EnrollmentStatus


def put_on_hold(
    actor: Actor, *, course_id: int, enrollment_ids: Sequence[int], reason: str
) -> list[Decided]:
    """Let the seats of these people come free; they may come back, and what they did stays.

    Raises `NotFound`, `Forbidden` and `ReasonNeeded`.
    """
    why = given_reason(reason)
    many = open_for(actor, course_id, enrollment_ids)
    outcomes = {one.id: _hold(actor, many.seats, one, why) for one in many.found.values()}
    offer_free_seats(many.seats)
    audit.record(actor, "enrollment.held", "course", course_id, ids=sorted(outcomes))
    return many.report(outcomes)


def _hold(actor: Actor, seats: Seats, enrollment: Enrollment, reason: str) -> Outcome:
    if enrollment.status is not S.ENROLLED:
        return Outcome.NOT_SO
    get_up(seats, enrollment)
    move(enrollment, S.PAUSED, actor=actor, now=seats.now, reason=reason)
    record(Paused(enrollment.id, seats.course.id, enrollment.user_id, actor.id, reason))
    return Outcome.PAUSED


def readmit(
    actor: Actor, *, course_id: int, enrollment_ids: Sequence[int], cohort_id: int | None = None
) -> list[Decided]:
    """Let people back in who were in the course, or asked to be; see `put_in`."""
    many = open_for(actor, course_id, enrollment_ids)
    by_user = {one.user_id: one.id for one in many.found.values()}
    done = put_in(actor, course_id=course_id, user_ids=list(by_user), cohort_id=cohort_id)
    return many.report({by_user[int(one.what)]: one.outcome for one in done})
