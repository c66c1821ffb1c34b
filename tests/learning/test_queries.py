"""Reads of progress: the same on both databases, and no more statements for more learners."""

import pytest

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning import queries
from app.blueprints.learning.queries import Consequences
from app.core.actor import Actor
from app.core.db import db
from tests.factories.accounts import actor_for, make_user
from tests.learning.steps import add, do, enrol, prepare, remove, republish
from tests.support import both_databases
from tests.support.sql import count_sql

pytestmark = both_databases


@pytest.mark.parametrize("learners", [1, 9])
def test_an_author_sees_the_consequences_in_one_statement(course: Course, learners: int) -> None:
    for number in range(learners):
        finished, half, beginner = (
            actor_for(make_user(f"{name} {number}")) for name in ("Ada", "Ben", "Chi")
        )
        for actor in (finished, half, beginner):
            enrol(actor, course)
        do(finished, course, "l1", "l2", "l3", "l4")
        do(half, course, "l1", "l2")
    version = prepare(course, remove("l3"), remove("l4"), add("n1"), add("n2", required=False))
    with count_sql(at_most=1):
        found = queries.consequences(course.id, version.id, redo=["l1"])
    assert found == Consequences(
        learners=3 * learners,
        unchanged=0,
        keep_complete=0,
        lose_complete=learners,
        will_complete=0,
        new_work=3 * learners,
        must_redo=2 * learners,
        unsettled=0,
    )
    with count_sql(at_most=1):
        assert queries.count_finished(course.id, ["l1", "l4"]) == {
            "l1": 2 * learners,
            "l4": learners,
        }


def test_taking_lessons_out_completes_and_keeps(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    done = actor_for(make_user("Ben Idris"))
    enrol(done, course)
    do(done, course, "l1", "l2", "l3", "l4")
    version = prepare(course, remove("l3"), remove("l4"))
    assert queries.consequences(course.id, version.id) == Consequences(
        learners=2,
        unchanged=2,
        keep_complete=1,
        lose_complete=0,
        will_complete=1,
        new_work=0,
        must_redo=0,
        unsettled=0,
    )


def test_a_lesson_to_be_redone_is_not_counted_as_done_by_the_forecast(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2", "l3", "l4")
    republish(course, redo=["l1"])
    version = prepare(course)
    found = queries.consequences(course.id, version.id)
    assert (found.keep_complete, found.lose_complete, found.will_complete) == (0, 0, 0)


def test_progress_on_cards_and_rosters_is_one_statement(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1")
    other = enrol(actor_for(make_user("Ben Idris")), course)
    db.session.rollback()
    with count_sql(at_most=1):
        assert queries.percent_by_course(learner.id, [course.id, 999]) == {course.id: 25}
    with count_sql(at_most=1):
        found = queries.percent_by_enrollment([enrollment.id, other.id])
    assert found == {enrollment.id: 25, other.id: 0}
    with count_sql(at_most=1):
        assert queries.average_percent([course.id, 999]) == {course.id: 12}
