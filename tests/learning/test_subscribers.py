"""What the worker does after a publication and after somebody came back."""

from flask import Flask

from app.blueprints.courses.models import Course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import find_enrollment
from app.core.actor import Actor
from app.core.db import db, writing
from tests.learning.steps import certificates, do, enrol, flip, remove, stored, work_off
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
