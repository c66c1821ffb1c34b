"""How many seats there are."""

from app.blueprints.courses.models import SeatPool
from app.blueprints.enrollments import policies
from app.blueprints.enrollments.errors import NeedsOneSeat, TooFewSeats
from app.blueprints.enrollments.services.seats import offer_free_seats, open_seats
from app.core import audit
from app.core.actor import Actor
from app.core.errors import Forbidden


def set_capacity(actor: Actor, *, course_id: int, capacity: int | None) -> SeatPool:
    """Let the course have `capacity` seats, None for no limit; new ones are offered at once.

    Raises `NotFound`, `Forbidden`, `NeedsOneSeat` and `TooFewSeats`.
    """
    seats = open_seats(course_id)
    if not policies.can_set_capacity(actor, seats.course):
        raise Forbidden
    before = seats.pool.capacity
    resize(seats.pool, capacity)
    audit.record(actor, "course.capacity", "course", course_id, before=before, after=capacity)
    offer_free_seats(seats)
    return seats.pool


def resize(pool: SeatPool, capacity: int | None) -> None:
    """Change a locked pool; raises `NeedsOneSeat` and `TooFewSeats`."""
    if capacity is not None and capacity < 1:
        raise NeedsOneSeat
    if capacity is not None and capacity < pool.taken:
        raise TooFewSeats(capacity, pool.taken)
    pool.capacity = capacity
