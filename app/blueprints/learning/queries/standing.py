"""Progress in SQL: the rules of `rules.py` as expressions, so that sets of learners are one
statement; tests hold the two together.
"""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, or_, select

from app.blueprints.courses.models import Course, Lesson
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning.models import CourseProgress, LessonProgress

# The version that a learner is on. Statements that use it join enrolment and course.
version_id: ColumnElement[int] = func.coalesce(
    Enrollment.pinned_version_id, Course.current_version_id
)
# A completion counts for the lesson beside it.
counts: ColumnElement[bool] = or_(
    Lesson.redo_since.is_(None), LessonProgress.version_number >= Lesson.redo_since
)
_LEARNER = (Enrollment, Course)


def required(version: ColumnElement[int]) -> ScalarSelect[int]:
    """Count the required lessons of a published version."""
    return _required().where(Lesson.version_id == version).correlate(*_LEARNER).scalar_subquery()


def done(version: ColumnElement[int]) -> ScalarSelect[int]:
    """Count those of the required lessons that the enrolment beside it has done."""
    mine = _done(version).where(LessonProgress.enrollment_id == Enrollment.id)
    return mine.correlate(*_LEARNER).scalar_subquery()


def in_percent(done: ColumnElement[int], required: ColumnElement[int]) -> ColumnElement[int]:
    """Return whole percent, rounded down; 0 where nothing is required."""
    return case((required == 0, 0), else_=100 * done // required)


def computed(*where: ColumnElement[bool]) -> Select[int, int, int, int]:
    """Select (enrollment_id, version_id, required, done) of the enrolments that fit.

    Made for many: each table is gone through once, not once for each learner.
    """
    chosen = select(Enrollment.id, version_id.label("version")).join(Course).where(*where)
    learner = chosen.where(version_id.is_not(None)).cte("learner")
    asked = (
        _required()
        .add_columns(Lesson.version_id)
        .where(Lesson.version_id.in_(select(learner.c.version)))
        .group_by(Lesson.version_id)
        .subquery()
    )
    did = (
        _done(learner.c.version)
        .add_columns(learner.c.id)
        .where(LessonProgress.enrollment_id == learner.c.id)
        .group_by(learner.c.id)
        .subquery()
    )
    return (
        select(
            learner.c.id.label("enrollment_id"),
            learner.c.version.label("version_id"),
            func.coalesce(asked.c.number, 0).label("required"),
            func.coalesce(did.c.number, 0).label("done"),
        )
        .outerjoin(asked, asked.c.version_id == learner.c.version)
        .outerjoin(did, did.c.id == learner.c.id)
    )


def with_percent(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select `columns` and the percentage, one row an enrolment; the caller narrows it down.

    Progress as it is stored where that names the learner's version, else computed on the spot.
    """
    percent = case(
        (CourseProgress.version_id == version_id, CourseProgress.percent),
        else_=in_percent(done(version_id), required(version_id)),
    )
    return (
        select(*columns, percent.label("percent"))
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .outerjoin(CourseProgress, CourseProgress.enrollment_id == Enrollment.id)
    )


def _required() -> Select[int]:
    number = func.count().label("number")
    return select(number).select_from(Lesson).where(Lesson.is_required)


def _done(version: ColumnElement[int]) -> Select[int]:
    """Count completions that count, of required lessons of `version`."""
    return select(func.count().label("number")).where(
        Lesson.key == LessonProgress.lesson_key,
        Lesson.version_id == version,
        Lesson.is_required,
        counts,
    )
