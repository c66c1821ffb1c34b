"""Groups that take a course together, with seats, a first day and a leader of their own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, select

from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.errors import CohortInUse, NameTaken, NoSuchLeader
from app.blueprints.enrollments.models import Cohort, Enrollment, Invitation, WaitlistEntry
from app.blueprints.enrollments.models.cohorts import LONGEST_NAME
from app.blueprints.enrollments.services.bulk import open_decided
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats
from app.blueprints.enrollments.services.settings import resize
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """What those who teach say of a cohort; no capacity: no limit but the course's own."""

    name: str
    capacity: int | None = None
    starts_on: date | None = None
    instructor_id: int | None = None
    is_closed: bool = False


def add_cohort(actor: Actor, *, course_id: int, plan: CohortPlan) -> Cohort:
    """Let people take the course in one group more.

    Raises `NotFound`, `Forbidden`, `Invalid`, `NameTaken`, `NoSuchLeader` and `NeedsOneSeat`.
    """
    seats = open_decided(actor, course_id)
    cohort = Cohort(course_id=course_id, seats=SeatPool(taken=0))
    _set(cohort, plan, seats)
    db.session.add(cohort)
    db.session.flush()
    audit.record(actor, "cohort.added", "cohort", cohort.id, course=course_id, name=cohort.name)
    return cohort


def change_cohort(actor: Actor, *, course_id: int, cohort_id: int, plan: CohortPlan) -> Cohort:
    """Change what a cohort is; seats that are new in it are offered at once.

    Raises as `add_cohort`, and `TooFewSeats`.
    """
    seats = open_decided(actor, course_id)
    cohort = _of(seats, cohort_id)
    _set(cohort, plan, seats)
    audit.record(actor, "cohort.changed", "cohort", cohort.id, course=course_id, name=cohort.name)
    offer_free_seats(seats)
    return cohort


def remove_cohort(actor: Actor, *, course_id: int, cohort_id: int) -> None:
    """Take away a cohort that nobody was ever in.

    Raises `NotFound`, `Forbidden` and `CohortInUse`.
    """
    seats = open_decided(actor, course_id)
    cohort = _of(seats, cohort_id)
    for table in (Enrollment, WaitlistEntry, Invitation):
        used = select(exists().where(table.cohort_id == cohort.id))
        if db.session.execute(used).scalar_one():
            raise CohortInUse
    db.session.delete(cohort)
    db.session.flush()
    db.session.execute(delete(SeatPool).where(SeatPool.id == cohort.seat_pool_id))
    audit.record(actor, "cohort.removed", "cohort", cohort.id, course=course_id, name=cohort.name)


def _of(seats: Seats, cohort_id: int) -> Cohort:
    if cohort_id not in seats.cohorts:
        raise NotFound
    return seats.cohorts[cohort_id]


def _set(cohort: Cohort, plan: CohortPlan, seats: Seats) -> None:
    name = " ".join(plan.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(fields={"name": _l("Give it a name of at most 80 characters.")})
    others = [one for one in seats.cohorts.values() if one is not cohort]
    if name.casefold() in {one.name.casefold() for one in others}:
        raise NameTaken
    if plan.instructor_id is not None and plan.instructor_id not in _team(seats.course):
        raise NoSuchLeader
    resize(cohort.seats, plan.capacity)
    cohort.name, cohort.starts_on = name, plan.starts_on
    cohort.instructor_id, cohort.is_closed = plan.instructor_id, plan.is_closed


def _team(course: Course) -> set[int]:
    return {person.user_id for person in course.people}
