"""What one learner does with one lesson; the same thing done twice changes nothing."""

from sqlalchemy import select

from app.blueprints.courses.models import CompletionRule, Course, CourseVersion, Lesson
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning import rules
from app.blueprints.learning.errors import (
    CourseCompletedAlready,
    LessonGone,
    LessonLocked,
    NotLearning,
    TooEarly,
)
from app.blueprints.learning.events import LessonCompleted
from app.blueprints.learning.models import LessonOpening, LessonProgress
from app.blueprints.learning.queries import (
    Learner,
    OutlineLesson,
    find_learner,
    opened_at,
    path_of,
    standing,
)
from app.blueprints.learning.services.progress import recompute
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import record
from app.core.formats import time_span
from app.core.i18n import lazy_gettext as _l


def complete_lesson(actor: Actor, *, course_id: int, lesson_key: str, version_number: int) -> bool:
    """Note that `actor` has done the lesson as version `version_number` showed it.

    Return whether that counts: it does not where the lesson is to be redone since a later
    version. Raises `NotLearning`, `LessonGone`, `LessonLocked` and `TooEarly`.
    """
    enrollment, version = _lock(actor, course_id)
    redo_since = _redo_since(version.id, lesson_key)
    number = rules.bounded(version_number, version.number or 1)
    found = _find(enrollment.id, lesson_key)
    before = rules.is_done(found.version_number if found else None, redo_since)
    if not before:
        _check_rules(actor, course_id, lesson_key)
    _note(enrollment.id, lesson_key, number, found)
    counts = before or rules.is_done(number, redo_since)
    if counts and not before:
        record(LessonCompleted(enrollment.id, lesson_key))
    recompute(select(Enrollment.id).where(Enrollment.id == enrollment.id))
    return counts


def open_lesson(actor: Actor, *, course_id: int, lesson_key: str, version_number: int) -> None:
    """Note when `actor` first opened the lesson; opened again, nothing changes.

    Raises `NotLearning`, `LessonGone` and `LessonLocked`.
    """
    enrollment, version = _lock(actor, course_id)
    redo_since = _redo_since(version.id, lesson_key)
    _open_one(actor, course_id, lesson_key)
    number = rules.bounded(version_number, version.number or 1)
    statement = select(LessonOpening).filter_by(enrollment_id=enrollment.id, lesson_key=lesson_key)
    opening = db.session.execute(statement).scalar_one_or_none()
    if opening is None:
        opening = LessonOpening(
            enrollment_id=enrollment.id, lesson_key=lesson_key, version_number=0
        )
        db.session.add(opening)
    if not rules.is_done(opening.version_number or None, redo_since):
        opening.version_number, opening.opened_at = number, clock.db_now()
    db.session.flush()


def reopen_lesson(actor: Actor, *, course_id: int, lesson_key: str) -> None:
    """Take the tick back; raises `NotLearning`, and `CourseCompletedAlready`."""
    enrollment, _version = _lock(actor, course_id)
    if enrollment.status is EnrollmentStatus.COMPLETED:
        raise CourseCompletedAlready
    found = _find(enrollment.id, lesson_key)
    if found:
        db.session.delete(found)
        db.session.flush()
    recompute(select(Enrollment.id).where(Enrollment.id == enrollment.id))


def _lock(actor: Actor, course_id: int) -> tuple[Enrollment, CourseVersion]:
    """Return the learner's enrolment, locked, and the version that they are on.

    In two statements: after a wait for the lock, PostgreSQL would hold the row as it has become
    against the version as it was joined before, and find nothing where a publication came between.
    """
    mine = select(Enrollment).filter_by(course_id=course_id, user_id=actor.id)
    enrollment = db.session.execute(mine.with_for_update()).scalar_one_or_none()
    if enrollment is None or enrollment.status not in MEMBERS:
        raise NotLearning(rules.NOT_LEARNING[enrollment.status if enrollment else None])
    version = db.session.execute(
        select(CourseVersion)
        .join(Enrollment, Enrollment.id == enrollment.id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(CourseVersion.id == standing.version_id, Course.deleted_at.is_(None))
    ).scalar_one_or_none()
    if version is None:
        raise NotFound
    return enrollment, version


def _open_one(actor: Actor, course_id: int, lesson_key: str) -> tuple[Learner, OutlineLesson]:
    """Return the learner and the lesson, if it is open; raises `LessonLocked`, `LessonGone`."""
    learner = find_learner(actor.id, course_id)
    path = path_of(learner, course_id) if learner else None
    lesson = path.find(lesson_key) if path else None
    if learner is None or path is None or lesson is None:
        raise LessonGone
    if lesson_key in path.locks:
        raise LessonLocked
    return learner, lesson


def _check_rules(actor: Actor, course_id: int, lesson_key: str) -> None:
    """Refuse to complete a lesson that is closed, or before its time."""
    learner, lesson = _open_one(actor, course_id, lesson_key)
    if lesson.completion_rule is not CompletionRule.TIMED or not lesson.completion_seconds:
        return
    opened = opened_at(learner, lesson)
    left = rules.seconds_left(lesson.completion_seconds, opened, clock.db_now())
    if left:
        raise TooEarly(_l("Stay with this lesson for %(time)s more.", time=time_span(left)))


def _redo_since(version_id: int, lesson_key: str) -> int | None:
    statement = select(Lesson.redo_since).filter_by(version_id=version_id, key=lesson_key)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise LessonGone
    return row[0]


def _find(enrollment_id: int, lesson_key: str) -> LessonProgress | None:
    statement = select(LessonProgress).filter_by(enrollment_id=enrollment_id, lesson_key=lesson_key)
    return db.session.execute(statement).scalar_one_or_none()


def _note(enrollment_id: int, lesson_key: str, number: int, found: LessonProgress | None) -> None:
    """Store the completion; the number of the version never falls."""
    if found is None:
        found = LessonProgress(enrollment_id=enrollment_id, lesson_key=lesson_key)
        found.version_number = number
        found.completed_at = clock.db_now()
        db.session.add(found)
    elif number > found.version_number:
        found.version_number = number
        found.completed_at = clock.db_now()
    db.session.flush()
