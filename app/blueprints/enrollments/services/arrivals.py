"""Bringing a list of people into a course: all that can be done in one go, or nothing.

What was shown before is compared with what would be done now, under the lock; only the same is
done. Few statements for any number of people.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.errors import ListOutdated
from app.blueprints.enrollments.events import MovedToCohort
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    EnrollmentStatus,
    WaitlistEntry,
)
from app.blueprints.enrollments.queries import find_entry, known_people, room_of
from app.blueprints.enrollments.rules.arrivals import Arrival, Known, Listed, decide, fingerprint
from app.blueprints.enrollments.services.admission import check_goes_on
from app.blueprints.enrollments.services.bulk import open_decided
from app.blueprints.enrollments.services.entries import begin_entries
from app.blueprints.enrollments.services.invitations import invite_all
from app.blueprints.enrollments.services.moves import move_all
from app.blueprints.enrollments.services.seating import sit_down_all, take_held
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats
from app.core import audit
from app.core.actor import Actor
from app.core.db import db, parts_of
from app.core.events import record_all

# Whoever is on a list of a term has not looked at their mail today.
GOOD_FOR = timedelta(days=30)


def look_ahead(
    course: Course, cohorts: Sequence[Cohort], listed: Sequence[Listed]
) -> list[Arrival]:
    """Return what would come of each, as things are now.

    This tells which addresses have an account here, as bringing them in does: they are seated at
    once, and everybody else is asked by e-mail. To hide it, nobody could be seated by a list.
    """
    known = known_people(course.id, [one.email for one in listed])
    return decide(listed, known, room_of(course, cohorts))


def bring_in(
    actor: Actor, *, course_id: int, listed: Sequence[Listed], expected: str
) -> list[Arrival]:
    """Do for each what can be done, if that is what was `expected` (see `fingerprint`).

    Raises `NotFound`, `Forbidden`, `NotOpen` and `ListOutdated`.
    """
    seats = open_decided(actor, course_id)
    check_goes_on(seats)
    known = known_people(course_id, [one.email for one in listed])
    cohorts = list(seats.cohorts.values())
    room = room_of(seats.course, cohorts)
    arrivals = decide(listed, known, room)
    if fingerprint(listed, arrivals) != expected:
        raise ListOutdated
    rows = [
        (arrival, one.email, known.get(one.email, Known()), room.cohort_of(one.cohort))
        for one, arrival in zip(listed, arrivals, strict=True)
        if arrival.changes
    ]
    _Bringing(actor, seats, rows).bring_in()
    number = len(rows)
    audit.record(actor, "enrollment.list_brought_in", "course", course_id, people=number)
    return arrivals


class _Bringing:
    """One list on its way into a course whose seats are locked."""

    def __init__(
        self,
        actor: Actor,
        seats: Seats,
        rows: Sequence[tuple[Arrival, str, Known, int | None]],
    ) -> None:
        self.actor = actor
        self.seats = seats
        self.rows = rows
        self.there = self._there()

    def bring_in(self) -> None:
        """Do what is to be done, kind by kind; each kind in the order of the list."""
        self._seat()
        self._take_held()
        self._queue()
        self._move()
        wanted = [(email, cohort) for _, email, _, cohort in self._of(Arrival.INVITE)]
        invite_all(self.actor, self.seats, wanted, GOOD_FOR)
        offer_free_seats(self.seats)

    def _of(self, kind: Arrival) -> Iterator[tuple[Arrival, str, Known, int | None]]:
        return (row for row in self.rows if row[0] is kind)

    def _seat(self) -> None:
        chosen = []
        for _, _, person, cohort_id in self._of(Arrival.SEAT):
            self.seats.take(cohort_id)
            chosen.append((self._enrollment(person), cohort_id))
        sit_down_all(self.seats, chosen, actor=self.actor)

    def _take_held(self) -> None:
        for _, _, person, _ in self._of(Arrival.HELD):
            entry = find_entry(person.user_id or 0, self.seats.course.id)
            if entry:
                take_held(self.seats, self._enrollment(person), entry, actor=self.actor)

    def _queue(self) -> None:
        waiting, entries = [], []
        for _, _, person, cohort_id in self._of(Arrival.QUEUE):
            enrollment = self._enrollment(person)
            ticket, enrollment.ticket = enrollment.ticket or self.seats.draw_ticket(), None
            enrollment.admitted_at = self.seats.now
            waiting.append(enrollment)
            entry = WaitlistEntry(
                course_id=self.seats.course.id,
                user_id=enrollment.user_id,
                cohort_id=cohort_id,
                ticket=ticket,
                joined_at=self.seats.now,
            )
            entries.append(entry)
        stays = (EnrollmentStatus.PENDING, EnrollmentStatus.PAUSED)
        outside = [one for one in waiting if one.status not in stays]
        move_all(outside, EnrollmentStatus.PENDING, actor=self.actor, now=self.seats.now)
        begin_entries(entries)

    def _move(self) -> None:
        moved = []
        for _, _, person, cohort_id in self._of(Arrival.MOVE):
            enrollment = self._enrollment(person)
            if enrollment.holds_seat:
                self.seats.give_back(enrollment.cohort_id)
                self.seats.take(cohort_id)
            enrollment.cohort_id = cohort_id
            moved.append(enrollment)
        record_all(
            MovedToCohort(one.id, one.course_id, one.user_id, self.actor.id, one.cohort_id)
            for one in moved
        )

    def _enrollment(self, person: Known) -> Enrollment:
        user_id = person.user_id or 0
        return self.there.get(user_id) or Enrollment(
            course_id=self.seats.course.id, user_id=user_id
        )

    def _there(self) -> dict[int, Enrollment]:
        """Return how these people stand in the course, locked."""
        ids = [person.user_id for _, _, person, _ in self.rows if person.status is not None]
        found: dict[int, Enrollment] = {}
        for some in parts_of(ids):
            statement = (
                select(Enrollment)
                .where(
                    Enrollment.course_id == self.seats.course.id,
                    Enrollment.user_id.in_(some),
                )
                .order_by(Enrollment.id)
                .with_for_update()
            )
            found |= {one.user_id: one for one in db.session.execute(statement).scalars()}
        return found
