"""Taking and leaving seats: exact counts, one row a person, refusals with their reason."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.blueprints.courses.models import CourseStatus, EnrollmentType, SeatPool
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import (
    ApprovalNeeded,
    CourseFull,
    NotOpen,
    StatusFixed,
    TooFewSeats,
)
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.core.actor import ANONYMOUS, Actor
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.errors import Forbidden, Invalid, NotFound
from tests.enrollments.acts import (
    ask_for_seat,
    fill,
    history,
    person,
    recorded,
    take_seat,
    taken,
    teacher_of,
    wait,
    withdraw,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def learner(app: Flask) -> Actor:
    return person()


def test_enrolling_takes_one_seat(learner: Actor) -> None:
    course = make_course(capacity=2)
    enrollment = take_seat(learner, course)
    assert (enrollment.status, enrollment.holds_seat) == (S.ENROLLED, True)
    assert taken(course) == 1
    assert queries.is_member(learner.id, course.id)


def test_enrolling_twice_is_answered_the_same(learner: Actor) -> None:
    course = make_course(capacity=1)
    assert take_seat(learner, course).id == take_seat(learner, course).id
    assert taken(course) == 1


def test_a_full_course_without_a_line_says_how_many_seats_it_has(learner: Actor) -> None:
    course = make_course(capacity=1, has_waitlist=False)
    fill(course, "Ben Idris")
    with pytest.raises(CourseFull, match="All 1 seats"):
        ask_for_seat(learner, course)
    assert taken(course) == 1
    assert queries.find_enrollment(learner.id, course.id) is None


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"status": CourseStatus.ARCHIVED}, NotOpen, "has ended"),
        ({"enrollment_type": EnrollmentType.APPROVAL}, ApprovalNeeded, "decide who takes part"),
        ({"enrollment_type": EnrollmentType.RESTRICTED}, NotOpen, "invited"),
    ],
)
def test_a_course_that_is_not_open_says_why(
    learner: Actor, fields: dict[str, object], error: type[Exception], words: str
) -> None:
    course = make_course(**fields)  # type: ignore[arg-type]
    with pytest.raises(error, match=words):
        ask_for_seat(learner, course)


def test_what_one_may_not_know_of_is_not_there(learner: Actor) -> None:
    with pytest.raises(NotFound):
        ask_for_seat(learner, make_course(published=False))
    with pytest.raises(NotFound):
        ask_for_seat(learner, make_course(is_public=False))
    with pytest.raises(NotFound):
        ask_for_seat(ANONYMOUS, make_course())
    with writing(), pytest.raises(NotFound):
        services.enrol(learner, course_id=999)


def test_leaving_gives_the_seat_back_once(learner: Actor) -> None:
    course = make_course(capacity=1)
    take_seat(learner, course)
    assert withdraw(learner, course).status is S.WITHDRAWN
    assert withdraw(learner, course).status is S.WITHDRAWN
    assert taken(course) == 0
    take_seat(person("Ben Idris"), course)


def test_coming_back_takes_the_same_row_and_follows_the_current_version(learner: Actor) -> None:
    course = make_course()
    first = take_seat(learner, course)
    with writing():
        services.pin_learners(course_id=course.id, version_id=course.current_version_id or 0)
    withdraw(learner, course)
    again = take_seat(learner, course)
    assert (again.id, again.status, again.pinned_version_id) == (first.id, S.ENROLLED, None)
    assert [entry.payload["came_back"] for entry in recorded("Enrolled")] == [False, True]
    me = learner.id
    assert history(learner, course) == [
        f"None>enrolled {me} ",
        f"enrolled>withdrawn {me} ",
        f"withdrawn>enrolled {me} ",
    ]


def test_coming_back_to_a_full_course_is_waiting(learner: Actor) -> None:
    course = make_course(capacity=1)
    take_seat(learner, course)
    withdraw(learner, course)
    take_seat(person("Ben Idris"), course)
    wait(learner, course)
    assert taken(course) == 1


def test_a_place_on_hold_gives_its_seat_back(learner: Actor) -> None:
    course = make_course(capacity=1)
    take_seat(learner, course)
    for _ in range(2):
        with writing():
            assert services.pause(learner, course_id=course.id).status is S.PAUSED
    assert taken(course) == 0
    assert take_seat(learner, course).status is S.ENROLLED
    with writing(), pytest.raises(NotFound):
        services.pause(person("Ben Idris"), course_id=course.id)


def test_a_completed_course_is_not_left(learner: Actor) -> None:
    course = make_course()
    with writing():
        enrollment = services.enrol(learner, course_id=course.id)
        services.complete(among=select(Enrollment.id).where(Enrollment.id == enrollment.id))
    with pytest.raises(StatusFixed):
        withdraw(learner, course)
    with writing(), pytest.raises(StatusFixed):
        services.pause(learner, course_id=course.id)
    assert taken(course) == 1
    assert history(learner, course)[-1] == "enrolled>completed None "


def test_who_was_never_in_cannot_leave(learner: Actor) -> None:
    with pytest.raises(NotFound):
        withdraw(learner, make_course())


def test_capacity_is_the_owners_and_never_below_the_seats_taken(learner: Actor) -> None:
    course = make_course(has_waitlist=False)
    owner = teacher_of(course)
    fill(course, "Ben Idris", "Chi Lam")

    def set_to(actor: Actor, capacity: int | None) -> None:
        with writing():
            services.set_capacity(actor, course_id=course.id, capacity=capacity)

    set_to(owner, 2)
    with pytest.raises(TooFewSeats, match=r"2 seats are taken.*only 1"):
        set_to(owner, 1)
    with pytest.raises(Invalid, match="at least one seat"):
        set_to(owner, 0)
    with pytest.raises(Forbidden):
        set_to(learner, 5)
    with pytest.raises(CourseFull):
        ask_for_seat(learner, course)
    set_to(owner, None)
    take_seat(learner, course)
    acts = db.session.execute(select(AuditEvent.detail).filter_by(action="course.capacity"))
    assert [one["after"] for one in acts.scalars()] == [2, None]


def test_the_database_refuses_what_no_service_does(learner: Actor) -> None:
    course = make_course(capacity=1)
    enrollment = take_seat(learner, course)
    with pytest.raises(IntegrityError), writing():
        db.session.get_one(SeatPool, course.seat_pool_id).taken = 2
    with pytest.raises(IntegrityError), writing():
        db.session.get_one(Enrollment, enrollment.id).status = S.WITHDRAWN
    with pytest.raises(IntegrityError), writing():
        db.session.get_one(Enrollment, enrollment.id).holds_seat = False
    with pytest.raises(IntegrityError), writing():
        db.session.get_one(Enrollment, enrollment.id).status = S.COMPLETED
