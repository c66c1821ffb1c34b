"""Lessons done and taken back, completion once, certificates issued and revoked."""

import pytest
from sqlalchemy import func, select

from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import find_enrollment
from app.blueprints.learning import services
from app.blueprints.learning.errors import CourseCompletedAlready, LessonGone, NotLearning
from app.blueprints.learning.models import LessonProgress
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden, Invalid, NotFound
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import owner_of
from tests.factories.enrollments import make_enrollment
from tests.learning.steps import certificates, do, enrol, percent, remove, republish, stored

pytestmark = pytest.mark.usefixtures("enrollment")
ALL = ("l1", "l2", "l3", "l4")


def status(learner: Actor, course: Course) -> S:
    db.session.rollback()
    enrollment = find_enrollment(learner.id, course.id)
    assert enrollment
    return enrollment.status


def reopen(learner: Actor, course: Course, key: str) -> None:
    with writing():
        services.reopen_lesson(learner, course_id=course.id, lesson_key=key)


def test_done_lessons_are_counted_anew_each_time(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    assert percent(learner, course) == 0
    do(learner, course, "l1")
    do(learner, course, "l1")
    assert percent(learner, course) == 25
    progress = stored(enrollment)
    assert (progress.done, progress.required, progress.percent) == (1, 4, 25)
    assert progress.version_id == course.current_version_id


def test_a_tick_can_be_taken_back(learner: Actor, course: Course) -> None:
    do(learner, course, "l1", "l2")
    reopen(learner, course, "l1")
    reopen(learner, course, "l1")
    assert percent(learner, course) == 25


def test_the_last_lesson_completes_the_course_once_with_a_certificate(
    learner: Actor, course: Course
) -> None:
    do(learner, course, *ALL)
    assert status(learner, course) is S.COMPLETED
    do(learner, course, "l4")
    [certificate] = certificates(course)
    assert (certificate.learner_name, certificate.course_title) == ("Ada Okafor", course.title)
    assert (certificate.version_number, len(certificate.serial)) == (1, 26)


def test_nothing_is_taken_back_in_a_completed_course(learner: Actor, course: Course) -> None:
    do(learner, course, *ALL)
    with pytest.raises(CourseCompletedAlready):
        reopen(learner, course, "l1")
    assert percent(learner, course) == 100


def test_a_course_may_give_no_certificate(learner: Actor, course: Course) -> None:
    with writing():
        db.session.get_one(CourseVersion, course.current_version_id).gives_certificate = False
    do(learner, course, *ALL)
    assert status(learner, course) is S.COMPLETED
    assert certificates(course) == []


@pytest.mark.parametrize(
    ("standing", "words"),
    [(S.WITHDRAWN, "left"), (S.PAUSED, "on hold"), (S.PENDING, "yet to let you in")],
)
def test_who_is_not_learning_is_told_why(course: Course, standing: S, words: str) -> None:
    user = make_user("Ben Idris")
    make_enrollment(user, course, standing)
    with pytest.raises(NotLearning, match=words):
        do(actor_for(user), course, "l1")


def test_a_stranger_does_nothing(course: Course) -> None:
    stranger = actor_for(make_user("Ben Idris"))
    with pytest.raises(NotLearning, match="enrolled"):
        do(stranger, course, "l1")
    with pytest.raises(NotLearning):
        reopen(stranger, course, "l1")
    assert db.session.execute(select(func.count(LessonProgress.id))).scalar_one() == 0


def test_a_lesson_that_is_not_there_cannot_be_done(learner: Actor, course: Course) -> None:
    with pytest.raises(LessonGone):
        do(learner, course, "nowhere")


@pytest.mark.parametrize(("sent", "kept"), [(-5, 1), (0, 1), (1, 1), (99, 1)])
def test_the_version_sent_is_bounded(learner: Actor, course: Course, sent: int, kept: int) -> None:
    do(learner, course, "l1", seen=sent)
    number = db.session.execute(select(LessonProgress.version_number)).scalar_one()
    assert number == kept


def test_an_older_page_never_lowers_what_was_done(learner: Actor, course: Course) -> None:
    republish(course)
    do(learner, course, "l1", seen=2)
    do(learner, course, "l1", seen=1)
    number = db.session.execute(select(LessonProgress.version_number)).scalar_one()
    assert number == 2


def test_coming_back_may_complete_what_the_course_no_longer_asks(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2", "l3")
    with writing():
        enrollments.withdraw(learner, course_id=course.id)
    republish(course, remove("l4"))
    assert status(learner, course) is S.WITHDRAWN
    enrol(learner, course)
    with writing():
        services.recompute_enrollment(enrollment_id=enrollment.id)
    assert status(learner, course) is S.COMPLETED
    assert len(certificates(course)) == 1


def test_a_certificate_is_revoked_by_the_owner_with_a_reason(
    learner: Actor, course: Course
) -> None:
    do(learner, course, *ALL)
    [certificate] = certificates(course)
    owner = actor_for(owner_of(course))

    def revoke(actor: Actor, reason: str, serial: str = certificate.serial) -> None:
        with writing():
            services.revoke_certificate(actor, serial=serial, reason=reason)

    with pytest.raises(Forbidden):
        revoke(learner, "I changed my mind")
    with pytest.raises(Invalid):
        revoke(owner, "  ")
    with pytest.raises(NotFound):
        revoke(owner, "Copied", serial="NOWHERE")
    revoke(owner, "Copied")
    revoke(owner, "Something else")
    db.session.rollback()
    [certificate] = certificates(course)
    assert certificate.revoked_at is not None
    assert certificate.revoked_reason == "Copied"
