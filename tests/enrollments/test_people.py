"""What those who teach do: cohorts, putting people in and out, letting them off prerequisites."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.courses.models import Course, CoursePrerequisite
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import (
    CohortInUse,
    NameTaken,
    NoSuchCohort,
    NoSuchLeader,
    PrerequisitesMissing,
    ReasonNeeded,
    TooFewSeats,
)
from app.blueprints.enrollments.models import Cohort
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.rules.outcomes import Outcome
from app.blueprints.enrollments.rules.roster import RosterFilter
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Invalid, NotFound
from tests.enrollments.acts import (
    add_cohort,
    ask_for_seat,
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
from tests.factories import saving
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")


def move(course: Course, cohort: Cohort | None, *ids: int) -> list[Outcome]:
    with writing():
        decided = services.move_to_cohort(
            teacher_of(course),
            course_id=course.id,
            enrollment_ids=ids,
            cohort_id=cohort.id if cohort else None,
        )
    return [one.outcome for one in decided]


@both_databases
def test_a_seat_in_a_cohort_is_one_of_the_course_too() -> None:
    course = make_course(capacity=2)
    spring, autumn = add_cohort(course, "Spring", 1), add_cohort(course, "Autumn", 5)
    first, second, third = person(), person("Ben Idris"), person("Chi Lam")
    take_seat(first, course, spring.id)
    wait(second, course, spring.id)
    take_seat(third, course, autumn.id)  # who waits for the spring is not in the way
    assert (taken(course), taken(spring), taken(autumn)) == (2, 1, 1)
    withdraw(third, course)  # a seat of the course, but none of the spring
    assert (offered(course), taken(course)) == ([], 1)
    withdraw(first, course)
    assert (offered(course), taken(course), taken(spring)) == ([second.id], 1, 1)
    assert take_seat(second, course, autumn.id).cohort_id == spring.id


def test_a_course_with_open_cohorts_is_taken_in_one_of_them() -> None:
    course = make_course()
    spring = add_cohort(course, "Spring")
    elsewhere = add_cohort(make_course(), "Elsewhere")
    for wrong in (None, elsewhere.id, 999):
        with pytest.raises(NoSuchCohort):
            ask_for_seat(person(), course, wrong)
    with writing():
        services.change_cohort(
            teacher_of(course),
            course_id=course.id,
            cohort_id=spring.id,
            plan=services.CohortPlan("Spring", is_closed=True),
        )
    with pytest.raises(NoSuchCohort):
        ask_for_seat(person(), course, spring.id)
    assert take_seat(person(), course).cohort_id is None


def test_a_cohort_has_a_name_a_day_a_leader_and_seats() -> None:
    course = make_course()
    owner = teacher_of(course)
    cohort = add_cohort(
        course, "  Spring  2027 ", 2, starts_on=date(2027, 3, 1), instructor_id=owner.id
    )
    assert (cohort.name, cohort.starts_on) == ("Spring 2027", date(2027, 3, 1))
    for error, name, plan in (
        (NameTaken, "spring 2027", {}),
        (Invalid, " ", {}),
        (Invalid, "x" * 81, {}),
        (NoSuchLeader, "Autumn", {"instructor_id": person().id}),
        (Invalid, "Autumn", {"capacity": 0}),
    ):
        with pytest.raises(error):
            add_cohort(course, name, **plan)
    for name in ("Ben Idris", "Chi Lam"):
        take_seat(person(name), course, cohort.id)
    waiting = person("Waiting")
    wait(waiting, course, cohort.id)

    def resize(capacity: int) -> None:
        with writing():
            services.change_cohort(
                owner,
                course_id=course.id,
                cohort_id=cohort.id,
                plan=services.CohortPlan("Spring 2027", capacity),
            )

    with pytest.raises(TooFewSeats, match="2 seats are taken"):
        resize(1)
    resize(3)
    assert (offered(course), taken(cohort)) == ([waiting.id], 3)
    with pytest.raises(CohortInUse), writing():
        services.remove_cohort(owner, course_id=course.id, cohort_id=cohort.id)
    unused = add_cohort(course, "Autumn")
    with writing():
        services.remove_cohort(owner, course_id=course.id, cohort_id=unused.id)
    assert [one.name for one in queries.list_cohorts(course.id)] == ["Spring 2027"]
    with pytest.raises(NotFound), writing():
        services.remove_cohort(owner, course_id=course.id, cohort_id=unused.id)


def test_people_are_moved_between_cohorts_while_there_are_seats() -> None:
    course = make_course()
    spring, autumn = add_cohort(course, "Spring", 1), add_cohort(course, "Autumn", 1)
    first = take_seat(person(), course, spring.id)
    second = take_seat(person("Ben Idris"), course, autumn.id)
    waiting = person("Waiting")
    wait(waiting, course, spring.id)
    assert move(course, autumn, first.id, second.id) == [Outcome.FULL, Outcome.NOT_SO]
    assert move(course, None, first.id, 999) == [Outcome.MOVED, Outcome.UNKNOWN]
    assert (taken(course), taken(spring), taken(autumn)) == (3, 1, 1)
    assert offered(course) == [waiting.id]
    with pytest.raises(NoSuchCohort):
        move(course, Cohort(id=999), first.id)


def test_who_waits_is_listed_where_they_wait_for_and_moved_from_there() -> None:
    course = make_course()
    spring, autumn = add_cohort(course, "Spring", 1), add_cohort(course, "Autumn", 1)
    first, second = person("Ann"), person("Bea")
    enrollment = take_seat(first, course, spring.id)
    take_seat(second, course, autumn.id)
    with writing():
        services.pause(first, course_id=course.id)

    def names(cohort: Cohort) -> list[tuple[str, str]]:
        found = queries.roster(course.id, RosterFilter(cohort_id=cohort.id)).items
        return [(row.person.display_name, row.cohort) for row in found]

    assert names(spring) == [("Ann", "Spring")]
    wait(first, course, autumn.id)
    assert (names(spring), names(autumn)) == ([], [("Ann", "Autumn"), ("Bea", "Autumn")])
    assert move(course, autumn, enrollment.id) == [Outcome.NOT_SO]
    assert move(course, spring, enrollment.id) == [Outcome.MOVED]
    assert offered(course) == [first.id]


def put_in(course: Course, *user_ids: int, cohort_id: int | None = None) -> list[Outcome]:
    with writing():
        decided = services.put_in(
            teacher_of(course), course_id=course.id, user_ids=user_ids, cohort_id=cohort_id
        )
    return [one.outcome for one in decided]


def test_people_are_put_in_past_every_question_but_never_past_a_seat() -> None:
    course = make_course(capacity=1)
    first, second = person(), person("Ben Idris")
    assert put_in(course, first.id, second.id, 999) == [
        Outcome.SEATED,
        Outcome.QUEUED,
        Outcome.UNKNOWN,
    ]
    assert put_in(course, first.id, second.id) == [Outcome.NOT_SO, Outcome.QUEUED]
    assert (standing(second, course), taken(course)) == ("pending/waiting", 1)
    assert line(course) == [second.id]
    with pytest.raises(NoSuchCohort):
        put_in(course, first.id, cohort_id=9)


def test_people_are_taken_out_for_a_reason_and_the_next_is_offered_the_seat() -> None:
    course = make_course(capacity=1)
    [seated] = fill(course, "Ben Idris")
    done = person("Chi Lam")
    with saving():
        completed = make_enrollment(make_user("Done"), make_course(), S.COMPLETED)
    wait(done, course)
    found = queries.find_enrollment(seated.id, course.id)
    assert found
    owner = teacher_of(course)

    def take_out(reason: str, *ids: int) -> list[Outcome]:
        with writing():
            decided = services.take_out(
                owner, course_id=course.id, enrollment_ids=ids, reason=reason
            )
        return [one.outcome for one in decided]

    with pytest.raises(ReasonNeeded):
        take_out("", found.id)
    assert take_out("Never came", found.id, completed.id) == [Outcome.WITHDRAWN, Outcome.UNKNOWN]
    assert take_out("Never came", found.id) == [Outcome.NOT_SO]
    assert offered(course) == [done.id]
    assert history(seated, course)[-1] == f"enrolled>withdrawn {owner.id} Never came"


@pytest.fixture
def demanding(app: Flask) -> tuple[Course, Course]:
    """A course, and the one that it asks for."""
    first, second = make_course("Knots"), make_course("Sailing")
    with saving():
        db.session.add(CoursePrerequisite(course_id=second.id, required_id=first.id))
    return second, first


def test_prerequisites_are_checked_and_named(demanding: tuple[Course, Course]) -> None:
    course, required = demanding
    user = make_user()
    learner = Actor(user.id, user.display_name, user.email)
    with pytest.raises(PrerequisitesMissing, match="“Knots”"):
        ask_for_seat(learner, course)
    made = make_enrollment(user, required)
    [asked] = queries.prerequisites_for(learner.id, course.id)
    assert (asked.title, asked.status, asked.is_missing) == ("Knots", S.ENROLLED, True)
    with writing():
        mine = select(type(made).id).filter_by(id=made.id)
        services.complete(among=mine)
    take_seat(learner, course)


def test_somebody_is_let_off_them_for_a_reason(demanding: tuple[Course, Course]) -> None:
    course, _required = demanding
    learner, owner = person(), teacher_of(course)

    def waive(actor: Actor, reason: str) -> None:
        with writing():
            services.waive_prerequisites(
                actor, course_id=course.id, email=learner.email, reason=reason
            )

    with pytest.raises(ReasonNeeded):
        waive(owner, " ")
    with pytest.raises(NotFound):
        waive(learner, "I know it all")
    waive(owner, "Sails since childhood")
    waive(owner, "Sails since childhood, and well")
    take_seat(learner, course)


def test_what_nobody_can_find_is_not_asked_for(demanding: tuple[Course, Course]) -> None:
    course, required = demanding
    with writing():
        db.session.get_one(Course, required.id).is_public = False
    take_seat(person(), course)
