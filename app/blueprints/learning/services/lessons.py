"""What one learner does with one lesson; the same thing done twice changes nothing."""

from functools import cache
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, select

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
from app.blueprints.learning.services.progress import recompute_locked
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.errors import NotFound
from app.core.events import record
from app.core.formats import time_span
from app.core.i18n import lazy_gettext as _l

_MINE = (
    select(Enrollment.id, Enrollment.status)
    .where(
        Enrollment.course_id == bindparam("course_id"), Enrollment.user_id == bindparam("user_id")
    )
    .with_for_update()
)
# A lesson as the learner has it before them: the newest version that they can have seen, since
# which one it is to be done again, on which one they have done it, and what it asks for.
_BEFORE_THEM = (
    select(
        CourseVersion.number,
        Lesson.id.label("lesson_id"),
        Lesson.redo_since,
        Lesson.release,
        Lesson.completion_rule,
        LessonProgress.version_number.label("done_on"),
    )
    .select_from(Enrollment)
    .join(Course, Course.id == Enrollment.course_id)
    .join(CourseVersion, CourseVersion.id == standing.version_id)
    .outerjoin(
        Lesson,
        and_(Lesson.version_id == CourseVersion.id, Lesson.key == bindparam("lesson_key")),
    )
    .outerjoin(
        LessonProgress,
        and_(
            LessonProgress.enrollment_id == Enrollment.id,
            LessonProgress.lesson_key == bindparam("lesson_key"),
        ),
    )
    .where(Enrollment.id == bindparam("enrollment_id"), Course.deleted_at.is_(None))
)


def complete_lesson(actor: Actor, *, course_id: int, lesson_key: str, version_number: int) -> bool:
    """Note that `actor` has done the lesson as version `version_number` showed it.

    Return whether that counts: it does not where the lesson is to be redone since a later
    version. Raises `NotLearning`, `LessonGone`, `LessonLocked` and `TooEarly`.
    """
    enrollment = _lock(actor, course_id)
    lesson = _lesson(enrollment.id, lesson_key)
    number = rules.bounded(version_number, lesson.number or 1)
    before = rules.is_done(lesson.done_on, lesson.redo_since)
    if not before and _has_rules(lesson):
        _check_rules(actor, course_id, lesson_key)
    if number > (lesson.done_on or 0):
        _note(enrollment.id, lesson_key, number)
    counts = before or rules.is_done(number, lesson.redo_since)
    if counts and not before:
        record(LessonCompleted(enrollment.id, lesson_key))
    recompute_locked(enrollment.id)
    return counts


def open_lesson(actor: Actor, *, course_id: int, lesson_key: str, version_number: int) -> None:
    """Note when `actor` first opened the lesson; opened again, nothing changes.

    Raises `NotLearning`, `LessonGone` and `LessonLocked`.
    """
    enrollment = _lock(actor, course_id)
    lesson = _lesson(enrollment.id, lesson_key)
    _open_one(actor, course_id, lesson_key)
    number = rules.bounded(version_number, lesson.number or 1)
    statement = select(LessonOpening).filter_by(enrollment_id=enrollment.id, lesson_key=lesson_key)
    opening = db.session.execute(statement).scalar_one_or_none()
    if opening is None:
        opening = LessonOpening(
            enrollment_id=enrollment.id, lesson_key=lesson_key, version_number=0
        )
        db.session.add(opening)
    if not rules.is_done(opening.version_number or None, lesson.redo_since):
        opening.version_number, opening.opened_at = number, clock.db_now()
    db.session.flush()


def reopen_lesson(actor: Actor, *, course_id: int, lesson_key: str) -> None:
    """Take the tick back; raises `NotLearning`, and `CourseCompletedAlready`."""
    enrollment = _lock(actor, course_id)
    if enrollment.status is EnrollmentStatus.COMPLETED:
        raise CourseCompletedAlready
    db.session.execute(
        delete(LessonProgress)
        .where(
            LessonProgress.enrollment_id == enrollment.id, LessonProgress.lesson_key == lesson_key
        )
        .execution_options(synchronize_session=False)
    )
    recompute_locked(enrollment.id)


def _lock(actor: Actor, course_id: int) -> Row[int, EnrollmentStatus]:
    """Return the learner's enrolment, locked; raises `NotLearning`."""
    found = db.session.execute(_MINE, {"course_id": course_id, "user_id": actor.id}).one_or_none()
    if found is None or found.status not in MEMBERS:
        raise NotLearning(rules.NOT_LEARNING[found.status if found else None])
    return found


def _lesson(enrollment_id: int, lesson_key: str) -> Row[*tuple[Any, ...]]:
    """Return the lesson as the learner has it before them; raises `NotFound` and `LessonGone`.

    Not together with the lock: after a wait for it, PostgreSQL would hold the row as it has become
    against the version as it was joined before, and find nothing where a publication came between.
    """
    which = {"enrollment_id": enrollment_id, "lesson_key": lesson_key}
    found = db.session.execute(_BEFORE_THEM, which).one_or_none()
    if found is None:
        raise NotFound
    if found.lesson_id is None:
        raise LessonGone
    return found


def _has_rules(lesson: Row[*tuple[Any, ...]]) -> bool:
    """Tell whether more has to be known of the learner before the lesson may be completed."""
    return bool(lesson.release) or lesson.completion_rule is CompletionRule.TIMED


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


def _note(enrollment_id: int, lesson_key: str, number: int) -> None:
    """Store the completion, in place of one on an earlier version."""
    values = {
        "enrollment_id": enrollment_id,
        "lesson_key": lesson_key,
        "version_number": number,
    }
    db.session.execute(_noting(db.engine.dialect.name), values)


@cache
def _noting(_dialect: str) -> Any:
    statement = insert_for(LessonProgress).values(completed_at=clock.db_time())
    changed = {name: statement.excluded[name] for name in ("version_number", "completed_at")}
    return statement.on_conflict_do_update(
        index_elements=["enrollment_id", "lesson_key"], set_=changed
    )
