"""What the worker does after a publication and after somebody came back."""

import pytest
from flask import Flask

from app.blueprints.courses.models import Course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import find_enrollment
from app.blueprints.learning.services import progress
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.run import run_entry
from tests.factories.accounts import actor_for, make_user
from tests.learning.steps import (
    certificates,
    do,
    enrol,
    flip,
    open_entries,
    remove,
    stored,
    work_off,
    work_off_all,
)
from tests.support import both_databases

pytestmark = both_databases


def status(enrollment: Enrollment) -> S:
    db.session.rollback()
    found = find_enrollment(enrollment.user_id, enrollment.course_id)
    assert found
    return found.status


def test_a_publication_renews_everybodys_progress(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2", "l3")
    flip(course, remove("l4"))
    assert (status(enrollment), stored(enrollment).percent) == (S.ENROLLED, 75)
    work_off()
    assert (status(enrollment), stored(enrollment).percent) == (S.COMPLETED, 100)
    assert len(certificates(course)) == 1


def test_coming_back_takes_progress_up_on_the_version_of_today(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2", "l3")
    with writing():
        enrollments.withdraw(learner, course_id=course.id)
    flip(course, remove("l4"))
    work_off()
    assert status(enrollment) is S.WITHDRAWN
    enrol(learner, course)
    work_off()
    assert status(enrollment) is S.COMPLETED


def test_the_command_renews_a_course(
    app: Flask, learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1")
    flip(course, remove("l4"))
    run = app.test_cli_runner().invoke
    assert run(args=["learning", "recompute", "nowhere"]).exit_code == 1
    assert run(args=["learning", "recompute", course.slug]).exit_code == 0
    db.session.rollback()
    assert stored(enrollment).percent == 33


def crowd(course: Course, learners: int) -> list[Enrollment]:
    """People who have done three lessons of four."""
    found = []
    for number in range(learners):
        actor = actor_for(make_user(f"Learner {number}"))
        found.append(enrol(actor, course))
        do(actor, course, "l1", "l2", "l3")
    work_off()
    return found


def test_renewal_goes_on_in_transactions_of_their_own(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "BATCH", 2)
    people = crowd(course, 5)
    flip(course, remove("l4"))
    [first] = open_entries()
    assert run_entry(first)
    assert [stored(one).percent for one in people] == [100, 100, 75, 75, 75]
    assert [status(one) for one in people[1:3]] == [S.COMPLETED, S.ENROLLED]
    work_off_all()
    assert [stored(one).percent for one in people] == [100] * 5
    assert len(certificates(course)) == 5


def test_a_later_publication_takes_the_renewal_over(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "BATCH", 2)
    people = crowd(course, 5)
    flip(course, remove("l4"))
    [first] = open_entries()
    assert run_entry(first)
    flip(course, remove("l3"))
    second, later = open_entries()
    assert run_entry(second)
    assert open_entries() == [later]
    assert stored(people[4]).percent == 75
    work_off_all()
    assert {stored(one).required for one in people} == {2}
    assert len(certificates(course)) == 5
