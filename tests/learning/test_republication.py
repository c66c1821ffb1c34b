"""What learners keep, get and must do again when a course is published anew."""

from sqlalchemy import select

from app.blueprints.courses.events import CoursePublished
from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import find_enrollment
from app.blueprints.learning import services
from app.blueprints.learning.rules import Mark
from app.blueprints.learning.subscribers import renew_progress
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from tests.factories.accounts import actor_for, make_user
from tests.learning.steps import (
    add,
    certificates,
    do,
    enrol,
    flip,
    move,
    path_of,
    percent,
    remove,
    rename,
    renew,
    republish,
    stored,
)
from tests.support import both_databases
from tests.support.sql import count_sql

pytestmark = both_databases
ALL = ("l1", "l2", "l3", "l4")


def status(enrollment: Enrollment) -> S:
    db.session.rollback()
    found = find_enrollment(enrollment.user_id, enrollment.course_id)
    assert found
    return found.status


def test_moved_and_renamed_lessons_stay_done(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    republish(course, move("l1", 50), rename("l2", "Quite another title"))
    assert percent(learner, course) == 50
    assert path_of(learner, course).done == {"l1", "l2"}


def test_a_removed_lesson_no_longer_counts_and_comes_back_done(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    republish(course, remove("l1"))
    assert percent(learner, course) == 33
    republish(course, add("l1"))
    assert percent(learner, course) == 50


def test_an_added_lesson_is_new_to_those_who_had_begun(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    republish(course, add("n1"), add("n2", required=False))
    assert percent(learner, course) == 40
    assert path_of(learner, course).marks == {"n1": Mark.NEW, "n2": Mark.NEW}
    newcomer = actor_for(make_user("Ben Idris"))
    enrol(newcomer, course)
    assert path_of(newcomer, course).marks == {}


def test_a_completed_course_stays_completed_and_shows_what_is_new(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, *ALL)
    republish(course, add("n1"))
    assert status(enrollment) is S.COMPLETED
    assert percent(learner, course) == 80
    assert path_of(learner, course).resume_key == "n1"
    do(learner, course, "n1", seen=2)
    assert percent(learner, course) == 100
    assert len(certificates(course)) == 1


def test_redo_takes_the_lesson_back_until_the_new_text_is_done(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    republish(course, redo=["l1"])
    assert percent(learner, course) == 25
    assert path_of(learner, course).marks == {"l1": Mark.AGAIN}
    do(learner, course, "l1", seen=1)  # a page that was opened before
    assert percent(learner, course) == 25
    do(learner, course, "l1", seen=2)
    assert percent(learner, course) == 50


def test_no_later_version_credits_a_lesson_that_is_to_be_redone(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, *ALL[:3])
    republish(course, redo=["l1"])
    republish(course, rename("l1", "Again another title"))
    assert percent(learner, course) == 50
    republish(course, redo=["l1"])
    do(learner, course, "l1", seen=3)
    assert percent(learner, course) == 50


def test_taking_out_the_last_open_lesson_completes_the_course_once(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, *ALL[:3])
    beginner = actor_for(make_user("Ben Idris"))
    begun = enrol(beginner, course)
    republish(course, remove("l4"))
    renew(course)
    assert status(enrollment) is S.COMPLETED
    assert status(begun) is S.ENROLLED
    [certificate] = certificates(course)
    assert certificate.version_number == 2


def test_those_who_are_pinned_keep_their_version_until_everyone_moves(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    republish(course, add("n1"), audience="new_learners")
    newcomer = actor_for(make_user("Ben Idris"))
    enrol(newcomer, course)
    assert percent(learner, course) == 50
    assert "n1" not in [one.key for one in path_of(learner, course).lessons]
    assert "n1" in [one.key for one in path_of(newcomer, course).lessons]
    do(learner, course, "l3", "l4", seen=99)
    assert status(enrollment) is S.COMPLETED
    assert certificates(course)[0].version_number == 1
    republish(course)
    assert percent(learner, course) == 80


def test_pages_are_right_before_the_stored_progress_is(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1", "l2")
    flip(course, add("n1"))
    assert stored(enrollment).percent == 50
    assert percent(learner, course) == 40
    renew(course)
    assert stored(enrollment).percent == 40


def test_renewal_takes_as_many_statements_for_many_as_for_few(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, *ALL[:3])
    counted = []
    for more in (0, 12):
        for number in range(more):
            another = actor_for(make_user(f"Learner {number}"))
            enrol(another, course)
            do(another, course, *ALL[:3])
        with writing(), count_sql() as sent:
            services.recompute_batch(course_id=course.id)
        counted.append(len(sent))
    assert counted[0] == counted[1]
    flip(course, remove("l4"))
    with writing(), count_sql(at_most=counted[0] + 4):
        services.recompute_batch(course_id=course.id)
    assert len(certificates(course)) == 13


def test_a_deleted_course_has_nothing_to_renew(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    with writing():
        db.session.get_one(Course, course.id).deleted_at = clock.now()
    version = db.session.execute(select(CourseVersion.id)).scalars().first()
    with writing():
        renew_progress(CoursePublished(course.id, version or 0, 1))
