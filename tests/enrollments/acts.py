"""What people do about places in courses, in one line each, and what can be seen of it."""

from datetime import timedelta

from sqlalchemy import select

from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments import jobs, queries, services
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    EnrollmentChange,
    WaitlistEntry,
    WaitlistState,
)
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import owner_of
from tests.factories.enrollments import make_enrollment

HOURS = timedelta(hours=48)


def person(name: str = "Ada Okafor") -> Actor:
    """Somebody new."""
    return actor_for(make_user(name))


def teacher_of(course: Course) -> Actor:
    """Whose course it is."""
    return actor_for(owner_of(course))


def add_cohort(course: Course, name: str, capacity: int | None = None, **plan: object) -> Cohort:
    """A new cohort of the course."""
    with writing():
        return services.add_cohort(
            teacher_of(course),
            course_id=course.id,
            plan=services.CohortPlan(name, capacity, **plan),  # type: ignore[arg-type]
        )


def ask_for_seat(
    actor: Actor, course: Course, cohort_id: int | None = None
) -> Enrollment | WaitlistEntry:
    """Press the button: a seat or a place in line comes of it."""
    with writing():
        return services.enrol(actor, course_id=course.id, cohort_id=cohort_id)


def take_seat(actor: Actor, course: Course, cohort_id: int | None = None) -> Enrollment:
    """Get a seat."""
    place = ask_for_seat(actor, course, cohort_id)
    assert isinstance(place, Enrollment)
    return place


def wait(actor: Actor, course: Course, cohort_id: int | None = None) -> WaitlistEntry:
    """Get a place in line."""
    place = ask_for_seat(actor, course, cohort_id)
    assert isinstance(place, WaitlistEntry)
    return place


def fill(course: Course, *names: str) -> list[Actor]:
    """Let people sit in the course."""
    users = [make_user(name) for name in names]
    for user in users:
        make_enrollment(user, course)
    return [actor_for(user) for user in users]


def queue(course: Course, number: int) -> list[Actor]:
    """Let so many people wait for the full course, in order."""
    people = [person(f"Waiting {n}") for n in range(number)]
    for one in people:
        wait(one, course)
    return people


def withdraw(actor: Actor, course: Course) -> Enrollment:
    """Leave."""
    with writing():
        return services.withdraw(actor, course_id=course.id)


def standing(actor: Actor, course: Course) -> str:
    """How somebody stands in the course and its line, in words."""
    db.session.rollback()
    entry = queries.find_entry(actor.id, course.id)
    found = queries.find_enrollment(actor.id, course.id)
    return f"{found.status if found else '-'}/{entry.state if entry else '-'}"


def offered(course: Course) -> list[int]:
    """Who is offered a seat, in the order of the line."""
    db.session.rollback()
    statement = (
        select(WaitlistEntry.user_id)
        .filter_by(course_id=course.id, state=WaitlistState.OFFERED)
        .order_by(WaitlistEntry.priority, WaitlistEntry.ticket)
    )
    return list(db.session.execute(statement).scalars())


def line(course: Course) -> list[int]:
    """Who waits, in order."""
    db.session.rollback()
    statement = (
        select(WaitlistEntry.user_id)
        .filter_by(course_id=course.id, state=WaitlistState.WAITING)
        .order_by(WaitlistEntry.priority, WaitlistEntry.ticket)
    )
    return list(db.session.execute(statement).scalars())


def taken(pool_of: Course | Cohort) -> int:
    """How many seats are said to be taken; every pool agrees with what is held."""
    db.session.rollback()
    assert queries.wrong_pools() == []
    statement = select(SeatPool.taken).where(SeatPool.id == pool_of.seat_pool_id)
    return db.session.execute(statement).scalar_one()


def recorded(name: str) -> list[OutboxEntry]:
    """The events of that name, each once, however many react to it."""
    entries = select(OutboxEntry).filter_by(event_name=name).order_by(OutboxEntry.id)
    by_event = {one.event_id: one for one in db.session.execute(entries).scalars()}
    return list(by_event.values())


def history(actor: Actor, course: Course) -> list[str]:
    """The steps of somebody's enrolment, with who took them and why."""
    statement = (
        select(EnrollmentChange)
        .join(Enrollment, Enrollment.id == EnrollmentChange.enrollment_id)
        .where(Enrollment.user_id == actor.id, Enrollment.course_id == course.id)
        .order_by(EnrollmentChange.id)
    )
    steps = db.session.execute(statement).scalars()
    return [f"{one.from_status}>{one.to_status} {one.actor_id} {one.reason}" for one in steps]


def ids(*actors: Actor) -> list[int]:
    """Their numbers."""
    return [one.id for one in actors]


def take_offer(actor: Actor, course: Course) -> Enrollment:
    """Take the seat that is held."""
    with writing():
        return services.take_offer(actor, course_id=course.id)


def let_go(actor: Actor, course: Course) -> None:
    """Leave the line, or decline the seat that is held."""
    with writing():
        services.leave_line(actor, course_id=course.id)


def sweep() -> None:
    """What the worker does each minute."""
    with writing():
        jobs.sweep_offers()
    drain(LocalRunner())
