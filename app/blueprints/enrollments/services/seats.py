"""The one room through which every seat goes: locked, settled, then taken or given back.

A command locks the course's pool, then those of its cohorts, and only then looks: so looking and
deciding are one. A pool's `taken` counts the seats that people sit on and those that are held by
open offers; a cohort's seats are seats of the course as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, bindparam, exists, select
from sqlalchemy.orm import contains_eager

from app.blueprints.courses.models import Course, CoursePrerequisite, CourseStatus, SeatPool
from app.blueprints.courses.queries import course_with
from app.blueprints.enrollments.errors import NoSuchCohort
from app.blueprints.enrollments.events import Offered, OfferExpired
from app.blueprints.enrollments.models import Cohort, WaitlistEntry, WaitlistState
from app.blueprints.enrollments.rules.seats import Waiting, least, next_in_line
from app.blueprints.enrollments.services.entries import end_entry
from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import record

# Part of every command on seats, and sent under their lock, so they are built once.
_POOL = (
    select(SeatPool)
    .where(
        SeatPool.id
        == select(Course.seat_pool_id).where(Course.id == bindparam("course_id")).scalar_subquery()
    )
    .with_for_update()
)
_COHORTS = (
    select(Cohort)
    .join(Cohort.seats)
    .options(contains_eager(Cohort.seats))
    .where(Cohort.course_id == bindparam("course_id"))
    .order_by(SeatPool.id)
    .with_for_update(of=SeatPool)
)
_LAPSED = (
    select(WaitlistEntry)
    .where(
        WaitlistEntry.course_id == bindparam("course_id"),
        WaitlistEntry.state == WaitlistState.OFFERED,
        WaitlistEntry.offer_ends_at <= clock.db_time(),
    )
    .order_by(WaitlistEntry.id)
)
_LINE = (
    select(WaitlistEntry)
    .where(
        WaitlistEntry.course_id == bindparam("course_id"),
        WaitlistEntry.state == WaitlistState.WAITING,
    )
    .order_by(WaitlistEntry.priority, WaitlistEntry.ticket)
)
_FIRST = _LINE.limit(bindparam("free", type_=Integer))
_ASKED_FIRST = select(CoursePrerequisite.id).where(
    CoursePrerequisite.course_id == bindparam("course_id")
)
# The course, what there may be to settle, and the time by which it is: most often it is nothing.
_AROUND = course_with(
    clock.db_time().label("now"),
    exists().where(Cohort.course_id == bindparam("course_id")).label("has_cohorts"),
    _LAPSED.order_by(None).exists().label("has_lapsed"),
    _LINE.order_by(None).exists().label("has_line"),
    _ASKED_FIRST.exists().label("asks_first"),
)


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one course, locked, and the course as it is under that lock, at `now`.

    `asks_first` tells whether it asks for other courses before it.
    """

    course: Course
    pool: SeatPool
    cohorts: dict[int, Cohort]
    now: datetime
    asks_first: bool

    def free(self, cohort_id: int | None) -> int | None:
        """Return how many more may sit down there; None: any number."""
        return least(*(pool.free for pool in self._pools(cohort_id)))

    def take(self, cohort_id: int | None) -> None:
        """Count one more seat as taken."""
        for pool in self._pools(cohort_id):
            pool.taken += 1

    def give_back(self, cohort_id: int | None) -> None:
        """Count one seat less as taken."""
        for pool in self._pools(cohort_id):
            pool.taken -= 1

    def draw_ticket(self) -> int:
        """Return the next place in the order in which people came."""
        ticket = self.pool.next_ticket
        self.pool.next_ticket += 1
        return ticket

    def open_cohort(self, cohort_id: int | None) -> int | None:
        """Return the chosen cohort; raises `NoSuchCohort` unless it is open, or there is none.

        A course with open cohorts is taken in one of them.
        """
        open_ones = {one.id for one in self.cohorts.values() if not one.is_closed}
        if (cohort_id is not None or open_ones) and cohort_id not in open_ones:
            raise NoSuchCohort
        return cohort_id

    def _pools(self, cohort_id: int | None) -> Iterator[SeatPool]:
        yield self.pool
        if cohort_id is not None:
            yield self.cohorts[cohort_id].seats


def open_seats(course_id: int) -> Seats:
    """Lock the seats of the course and settle what time has decided; raises `NotFound`."""
    pool = _lock_pool(course_id)
    around = _look_around(course_id)
    cohorts = _lock_cohorts(course_id) if around.has_cohorts else {}
    seats = Seats(around.Course, pool, cohorts, around.now, around.asks_first)
    if around.has_lapsed:
        _expire_offers(seats)
    if around.has_line or around.has_lapsed:
        offer_free_seats(seats)
    return seats


def offer_free_seats(seats: Seats) -> None:
    """Hold every free seat for the next in line, in the transaction in which it came free."""
    if seats.course.status is not CourseStatus.PUBLISHED or seats.pool.free == 0:
        return
    line = {one.id: one for one in _line(seats)}
    chosen = next_in_line(
        [Waiting(one.id, one.cohort_id) for one in line.values()],
        free=seats.pool.free,
        free_in={key: cohort.seats.free for key, cohort in seats.cohorts.items()},
    )
    for entry_id in chosen:
        _offer(seats, line[entry_id])
    db.session.flush()


def _offer(seats: Seats, entry: WaitlistEntry) -> None:
    seats.take(entry.cohort_id)
    entry.state = WaitlistState.OFFERED
    entry.offered_at = seats.now
    entry.offer_ends_at = seats.now + timedelta(hours=seats.course.offer_hours)
    record(Offered(entry.id, entry.course_id, entry.user_id, entry.offer_ends_at))


def _expire_offers(seats: Seats) -> None:
    """Let the seats go whose offers have run out, whoever comes first to see it."""
    for entry in db.session.execute(_LAPSED, {"course_id": seats.course.id}).scalars().all():
        seats.give_back(entry.cohort_id)
        end_entry(entry, WaitlistState.EXPIRED, SYSTEM, seats.now)
        record(OfferExpired(entry.id, entry.course_id, entry.user_id))


def _lock_pool(course_id: int) -> SeatPool:
    pool = db.session.execute(_POOL, {"course_id": course_id}).scalar_one_or_none()
    if pool is None:
        raise NotFound
    return pool


def _look_around(course_id: int) -> Row[*tuple[Any, ...]]:
    found = db.session.execute(_AROUND, {"course_id": course_id}).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def _lock_cohorts(course_id: int) -> dict[int, Cohort]:
    found = db.session.execute(_COHORTS, {"course_id": course_id}).scalars()
    return {one.id: one for one in found}


def _line(seats: Seats) -> Sequence[WaitlistEntry]:
    """Return those who wait, in order; no more than there are seats where all wait for the same."""
    which = {"course_id": seats.course.id, "free": seats.pool.free}
    all_of_them = seats.cohorts or seats.pool.free is None
    return db.session.execute(_LINE if all_of_them else _FIRST, which).scalars().all()
