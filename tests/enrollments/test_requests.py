"""Asking to take part, and answering, one by one or many at once."""

from datetime import timedelta

import pytest

from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseRole, CourseStatus, EnrollmentType
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import ApprovalNeeded, NotOpen, ReasonNeeded
from app.blueprints.enrollments.models.enrollments import LONGEST_MESSAGE, LONGEST_REASON
from app.blueprints.enrollments.rules.outcomes import Outcome
from app.blueprints.enrollments.rules.steps import Step
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden, NotFound, TooLong
from tests.enrollments.acts import (
    fill,
    history,
    line,
    offered,
    person,
    standing,
    take_seat,
    taken,
    teacher_of,
    wait,
    withdraw,
)
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")


def make_guarded(capacity: int | None = None, **fields: object) -> Course:
    return make_course(
        capacity=capacity,
        enrollment_type=EnrollmentType.APPROVAL,
        **fields,  # type: ignore[arg-type]
    )


def request(actor: Actor, course: Course, message: str = "") -> int:
    with writing():
        return services.request_place(actor, course_id=course.id, message=message).id


def approve(actor: Actor, course: Course, *ids: int) -> list[Outcome]:
    with writing():
        decided = services.approve(actor, course_id=course.id, enrollment_ids=ids)
    assert [one.what for one in decided] == list(ids)
    return [one.outcome for one in decided]


def reject(actor: Actor, course: Course, *ids: int, reason: str = "Too early") -> list[Outcome]:
    with writing():
        decided = services.reject(actor, course_id=course.id, enrollment_ids=ids, reason=reason)
    return [one.outcome for one in decided]


def test_a_request_waits_and_is_granted() -> None:
    course, learner = make_guarded(capacity=1), person()
    asked = request(learner, course, " I work with plants. ")
    assert asked == request(learner, course, "Again")
    found = queries.find_enrollment(learner.id, course.id)
    assert found
    assert found.message == "I work with plants."
    assert (standing(learner, course), taken(course)) == ("pending/-", 0)
    owner = teacher_of(course)
    assert approve(owner, course, asked) == [Outcome.SEATED]
    assert approve(owner, course, asked, 999) == [Outcome.NOT_SO, Outcome.UNKNOWN]
    assert (standing(learner, course), taken(course)) == ("enrolled/-", 1)
    assert history(learner, course)[1] == f"pending>enrolled {owner.id} "


def test_nobody_says_more_than_is_kept() -> None:
    course, learner = make_guarded(), person()
    with pytest.raises(TooLong):
        request(learner, course, "x" * (LONGEST_MESSAGE + 1))
    asked = request(learner, course, "x" * LONGEST_MESSAGE)
    with pytest.raises(TooLong):
        reject(teacher_of(course), course, asked, reason="x" * (LONGEST_REASON + 1))
    assert standing(learner, course) == "pending/-"


@both_databases
def test_who_is_approved_while_it_is_full_waits_by_the_time_of_the_request() -> None:
    course = make_guarded(capacity=1)
    [seated] = fill(course, "Ben Idris")
    people = [person(f"Asking {n}") for n in range(3)]
    first, second, third = (request(one, course) for one in people)
    owner = teacher_of(course)
    assert approve(owner, course, third) == [Outcome.QUEUED]
    assert approve(owner, course, second, first) == [Outcome.QUEUED, Outcome.QUEUED]
    assert line(course) == [one.id for one in people]
    assert standing(people[2], course) == "pending/waiting"
    withdraw(seated, course)
    assert offered(course) == [people[0].id]
    assert take_seat(people[0], course).holds_seat
    assert taken(course) == 1


def test_many_at_once_get_the_seats_in_the_order_in_which_they_asked() -> None:
    course = make_guarded(capacity=2)
    ids = [request(person(f"Asking {n}"), course) for n in range(3)]
    assert approve(teacher_of(course), course, *reversed(ids)) == [
        Outcome.QUEUED,
        Outcome.SEATED,
        Outcome.SEATED,
    ]


def test_without_a_line_nobody_is_let_into_a_full_course() -> None:
    course = make_guarded(capacity=1, has_waitlist=False)
    fill(course, "Ben Idris")
    learner = person()
    asked = request(learner, course)
    assert approve(teacher_of(course), course, asked) == [Outcome.FULL]
    assert standing(learner, course) == "pending/-"


def test_a_request_is_refused_for_a_reason_and_may_be_made_again() -> None:
    course, learner = make_guarded(), person()
    asked = request(learner, course)
    owner = teacher_of(course)
    with pytest.raises(ReasonNeeded):
        reject(owner, course, asked, reason="  ")
    assert reject(owner, course, asked) == [Outcome.REJECTED]
    assert reject(owner, course, asked) == [Outcome.NOT_SO]
    found = queries.find_enrollment(learner.id, course.id)
    assert found
    assert found.reason == "Too early"
    request(learner, course)
    assert standing(learner, course) == "pending/-"


def test_who_decides_does_not_reject_what_they_have_asked_themselves() -> None:
    course, learner = make_guarded(), person()
    owner = teacher_of(course)
    mine, theirs = request(owner, course), request(learner, course)
    assert reject(owner, course, mine, theirs) == [Outcome.NOT_SO, Outcome.REJECTED]
    assert standing(owner, course) == "pending/-"


def set_free(course: Course, **admission: object) -> Course:
    """Let everybody take a seat who wants one."""
    with writing():
        courses.set_admission(
            teacher_of(course),
            course_id=course.id,
            admission=courses.Admission(**admission),  # type: ignore[arg-type]
        )
    db.session.rollback()
    return get_course(course.id)


def step(learner: Actor, course: Course) -> Step:
    return queries.situation_of(learner.id, course).step


def test_who_has_asked_takes_a_seat_once_nobody_need_ask() -> None:
    course, learner = make_guarded(), person()
    request(learner, course)
    assert step(learner, course) is Step.WAIT_FOR_ANSWER
    assert step(learner, set_free(course)) is Step.SIT_DOWN
    take_seat(learner, course)
    assert standing(learner, course) == "enrolled/-"


def test_who_has_asked_for_a_full_course_joins_the_line_once_nobody_need_ask() -> None:
    course, learner = make_guarded(capacity=1), person()
    fill(course, "Ben Idris")
    asked = request(learner, course)
    assert step(learner, set_free(course)) is Step.JOIN_LINE
    wait(learner, course)
    assert reject(teacher_of(course), course, asked) == [Outcome.NOT_SO]
    assert standing(learner, course) == "withdrawn/waiting"
    with writing():
        services.leave_line(learner, course_id=course.id)
    assert standing(learner, course) == "withdrawn/-"
    # Nobody let them in: where one asks again, so do they.
    course = set_free(course, enrollment_type=EnrollmentType.APPROVAL)
    with pytest.raises(ApprovalNeeded):
        take_seat(learner, course)


@pytest.mark.parametrize("kind", [EnrollmentType.RESTRICTED, EnrollmentType.OPEN])
def test_who_has_asked_still_waits_for_the_answer_behind_a_closed_door(
    kind: EnrollmentType,
) -> None:
    course, learner = make_guarded(), person()
    asked = request(learner, course)
    past = clock.db_now() - timedelta(days=1)
    course = set_free(course, enrollment_type=kind, enrolment_closes_at=past)
    assert step(learner, course) is Step.WAIT_FOR_ANSWER
    assert approve(teacher_of(course), course, asked) == [Outcome.SEATED]


def test_a_request_is_taken_back() -> None:
    course, learner = make_guarded(), person()
    asked = request(learner, course)
    withdraw(learner, course)
    assert approve(teacher_of(course), course, asked) == [Outcome.NOT_SO]


def test_who_was_let_in_comes_back_without_asking_and_who_was_taken_out_does_not() -> None:
    course, learner = make_guarded(), person()
    owner = teacher_of(course)
    asked = request(learner, course)
    approve(owner, course, asked)
    withdraw(learner, course)
    take_seat(learner, course)
    with writing():
        services.take_out(owner, course_id=course.id, enrollment_ids=[asked], reason="Absent")
    assert taken(course) == 0
    request(learner, course)
    assert standing(learner, course) == "pending/-"


def test_one_let_in_who_lets_the_seat_go_is_outside_and_may_join_the_end() -> None:
    course = make_guarded(capacity=1)
    [seated] = fill(course, "Ben Idris")
    learner = person()
    approve(teacher_of(course), course, request(learner, course))
    withdraw(seated, course)
    with clock.freeze(clock.db_now() + timedelta(hours=49)):
        with writing():
            services.look_at_seats(course_id=course.id)
        assert standing(learner, course) == "withdrawn/-"
        assert take_seat(learner, course).holds_seat


def test_those_who_teach_decide_and_nobody_else() -> None:
    assistant = make_user("Tomas Lind")
    course = make_guarded(people=[(assistant, CourseRole.ASSISTANT)])
    asked = request(person(), course)
    with pytest.raises(Forbidden):
        approve(actor_for(assistant), course, asked)
    with pytest.raises(NotFound):
        approve(person("Stranger"), course, asked)
    other = make_guarded()
    assert approve(teacher_of(other), other, asked) == [Outcome.UNKNOWN]


def test_what_needs_no_request_takes_none() -> None:
    with pytest.raises(NotOpen, match="need not ask"):
        request(person(), make_course())
    with pytest.raises(NotOpen, match="invited"):
        request(person(), make_course(enrollment_type=EnrollmentType.RESTRICTED))


def test_nobody_is_let_into_a_course_that_is_over() -> None:
    course = make_guarded()
    asked = request(person(), course)
    with writing():
        db.session.get_one(Course, course.id).status = CourseStatus.ARCHIVED
    with pytest.raises(NotOpen, match="has ended"):
        approve(teacher_of(course), course, asked)
    assert reject(teacher_of(course), course, asked) == [Outcome.REJECTED]
