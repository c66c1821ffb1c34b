"""Whether somebody is let in at all, whatever the seats. The caller holds the seats."""

from app.blueprints.enrollments.errors import NotOpen, PrerequisitesMissing
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.queries import prerequisites_for
from app.blueprints.enrollments.rules.admission import Visitor, door_of, must_ask, why_closed
from app.blueprints.enrollments.services.seats import Seats


def check_door(seats: Seats, enrollment: Enrollment, *, invited: bool = False) -> None:
    """Raise `NotOpen` or `PrerequisitesMissing` for one who does not get in now.

    Whoever was let in before is not asked for other courses again.
    """
    visitor = _visitor(enrollment, invited=invited)
    closed = why_closed(door_of(seats.course), visitor, seats.now)
    if closed:
        raise NotOpen(closed)
    if visitor.admitted or not seats.asks_first:
        return
    required = prerequisites_for(enrollment.user_id, seats.course.id)
    missing = [one.title for one in required if one.is_missing]
    if missing:
        raise PrerequisitesMissing(missing)


def check_goes_on(seats: Seats) -> None:
    """Raise `NotOpen` where the course takes in nobody at all, not even those who are put in."""
    closed = why_closed(door_of(seats.course), Visitor(invited=True), seats.now)
    if closed:
        raise NotOpen(closed)


def has_to_ask(seats: Seats, enrollment: Enrollment) -> bool:
    """Tell whether those who teach have to let this person in first."""
    return must_ask(door_of(seats.course), _visitor(enrollment))


def _visitor(enrollment: Enrollment, *, invited: bool = False) -> Visitor:
    return Visitor(enrollment.status, enrollment.admitted_at is not None, invited)
