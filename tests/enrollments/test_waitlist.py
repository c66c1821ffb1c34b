"""The line: strict order, seats held, offers that end, nobody passed and no seat left empty."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import NotWaiting, OfferOver, ReasonNeeded, TooFewSeats
from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.core.actor import SYSTEM, Actor
from app.core.db import db, writing
from app.core.errors import NotFound
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from tests.enrollments.acts import (
    HOURS,
    add_cohort,
    ids,
    let_go,
    line,
    offered,
    person,
    recorded,
    standing,
    take_offer,
    take_seat,
    taken,
    teacher_of,
    wait,
    withdraw,
)
from tests.factories.courses import make_course
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")


def reorder(actor: Actor, course: Course, who: Actor, place: int, reason: str = "Ill") -> None:
    entry = queries.find_entry(who.id, course.id)
    assert entry
    with writing():
        services.reorder(actor, course_id=course.id, entry_id=entry.id, place=place, reason=reason)


@both_databases
def test_a_seat_that_comes_free_is_held_for_the_first(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    assert offered(course) == ids(waiting[0])
    assert taken(course) == 2
    entry = queries.find_entry(waiting[0].id, course.id)
    assert entry
    assert entry.offered_at
    assert entry.offer_ends_at == entry.offered_at + HOURS
    assert take_offer(waiting[0], course).holds_seat
    assert take_offer(waiting[0], course).holds_seat  # again: the same answer
    assert standing(waiting[0], course) == "enrolled/-"
    assert (taken(course), line(course)) == (2, ids(*waiting[1:]))


def test_nobody_walks_in_past_those_who_wait(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    late = person("Late")
    wait(late, course)
    assert (offered(course), line(course)[-1]) == (ids(waiting[0]), late.id)


def test_one_who_waits_keeps_their_place(course: Course, waiting: list[Actor]) -> None:
    first = wait(waiting[0], course)
    assert first.id == wait(waiting[0], course).id
    assert line(course) == ids(*waiting)


def test_asking_for_a_seat_takes_the_one_that_is_held(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    take_seat(waiting[0], course)
    assert taken(course) == 2


def test_a_declined_seat_goes_on_at_once(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    let_go(waiting[0], course)
    assert (offered(course), taken(course)) == (ids(waiting[1]), 2)
    assert standing(waiting[0], course) == "-/-"
    with pytest.raises(OfferOver):
        take_offer(waiting[0], course)
    wait(waiting[0], course)  # at the end of the line
    assert line(course) == ids(waiting[2], waiting[0])


def test_leaving_the_line(course: Course, waiting: list[Actor]) -> None:
    let_go(waiting[1], course)
    assert line(course) == ids(waiting[0], waiting[2])
    with pytest.raises(NotWaiting):
        let_go(waiting[1], course)


def test_more_seats_are_offered_at_once_and_fewer_are_refused_with_the_numbers(
    course: Course, waiting: list[Actor]
) -> None:
    owner = teacher_of(course)

    def set_to(capacity: int | None) -> None:
        with writing():
            services.set_capacity(owner, course_id=course.id, capacity=capacity)

    set_to(4)
    assert (offered(course), taken(course)) == (ids(*waiting[:2]), 4)
    with pytest.raises(TooFewSeats, match=r"4 seats are taken or held.*only 3"):
        set_to(3)
    set_to(None)
    assert (offered(course), taken(course)) == (ids(*waiting), 5)


def test_somebody_is_put_elsewhere_in_the_line_for_a_reason_they_read(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    owner = teacher_of(course)
    reorder(owner, course, waiting[2], 1, reason=" Needs it for work ")
    assert line(course) == ids(waiting[2], waiting[0], waiting[1])
    entry = queries.find_entry(waiting[2].id, course.id)
    assert entry
    assert entry.reason == "Needs it for work"
    reorder(owner, course, waiting[2], 9)
    assert line(course) == ids(*waiting)
    last = person("Last")
    wait(last, course)
    assert line(course)[-1] == last.id
    with pytest.raises(ReasonNeeded):
        reorder(owner, course, waiting[2], 1, reason=" ")
    with pytest.raises(NotFound):
        reorder(waiting[2], course, waiting[2], 1)
    withdraw(seated[0], course)
    with pytest.raises(NotWaiting):
        reorder(owner, course, waiting[0], 2)


def test_who_is_moved_in_the_line_reads_their_place_among_those_of_their_cohort() -> None:
    course = make_course(capacity=2)
    spring, autumn = add_cohort(course, "Spring", 1), add_cohort(course, "Autumn", 1)
    for cohort in (spring, autumn):
        take_seat(person(), course, cohort.id)
    for n in range(2):
        wait(person(f"Spring {n}"), course, spring.id)
    wait(person("Autumn 0"), course, autumn.id)
    last = person("Autumn 1")
    entry = wait(last, course, autumn.id)
    with writing():
        services.reorder(
            teacher_of(course), course_id=course.id, entry_id=entry.id, place=3, reason="Ill"
        )
    [moved] = recorded("Reordered")
    mine = queries.situation_of(last.id, get_course(course.id)).mine
    assert (moved.payload["place"], mine.place, mine.length) == (1, 1, 2)


def test_somebody_is_taken_out_of_the_line_for_a_reason(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    owner = teacher_of(course)

    def remove(actor: Actor, who: Actor) -> None:
        entry = queries.find_entry(who.id, course.id)
        with writing():
            services.remove_from_line(
                actor, course_id=course.id, entry_id=entry.id if entry else 0, reason="No answer"
            )

    with pytest.raises(NotFound):
        remove(waiting[1], waiting[0])
    remove(owner, waiting[0])
    remove(owner, waiting[2])
    assert (offered(course), line(course), taken(course)) == (ids(waiting[1]), [], 2)
    with pytest.raises(NotFound):
        remove(owner, waiting[2])


def test_when_a_course_ends_nobody_waits_for_it(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    with writing():
        courses.archive_course(teacher_of(course), course_id=course.id)
    drain(LocalRunner())
    assert (offered(course), line(course), taken(course)) == ([], [], 1)
    assert [standing(one, course) for one in waiting] == ["-/-"] * 3


def test_a_seat_of_a_course_that_is_over_is_offered_to_nobody(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    with writing():
        db.session.get_one(Course, course.id).status = CourseStatus.ARCHIVED
    withdraw(seated[0], course)
    assert (offered(course), taken(course)) == ([], 1)


def test_no_one_waits_twice_and_no_ticket_is_drawn_twice(
    course: Course, waiting: list[Actor]
) -> None:
    fields = {"course_id": course.id, "user_id": waiting[0].id}
    for wrong in ({**fields, "ticket": 99}, {"course_id": course.id, "user_id": 1, "ticket": 1}):
        with pytest.raises(IntegrityError), writing():
            db.session.add(WaitlistEntry(**wrong))
    entry = db.session.execute(select(WaitlistEntry.id).filter_by(**fields)).scalar_one()
    for state in (WaitlistState.OFFERED, WaitlistState.LEFT):  # without an end
        with pytest.raises(IntegrityError), writing():
            db.session.get_one(WaitlistEntry, entry).state = state


def test_lectern_puts_nobody_in(course: Course) -> None:
    with pytest.raises(NotFound), writing():
        services.enrol(SYSTEM, course_id=course.id)
    assert recorded("Enrolled") == []
