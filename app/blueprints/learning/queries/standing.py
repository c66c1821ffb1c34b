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


def required(version: ColumnElement[int]) -> ScalarSelect[int]:
    """Count the required lessons of a published version."""
    return (
        select(func.count())
        .select_from(Lesson)
        .where(Lesson.version_id == version, Lesson.is_required)
        .correlate(Enrollment, Course)
        .scalar_subquery()
    )


def done(version: ColumnElement[int]) -> ScalarSelect[int]:
    """Count those of the required lessons that the enrolment beside it has done."""
    return (
        select(func.count())
        .select_from(LessonProgress)
        .join(Lesson, (Lesson.key == LessonProgress.lesson_key) & (Lesson.version_id == version))
        .where(LessonProgress.enrollment_id == Enrollment.id, Lesson.is_required, counts)
        .correlate(Enrollment, Course)
        .scalar_subquery()
    )


def in_percent(done: ColumnElement[int], required: ColumnElement[int]) -> ColumnElement[int]:
    """Return whole percent, rounded down; 0 where nothing is required."""
    return case((required == 0, 0), else_=100 * done // required)


def computed(*where: ColumnElement[bool]) -> Select[int, int, int, int]:
    """Select (enrollment_id, version_id, required, done) of the enrolments that fit."""
    return (
        select(
            Enrollment.id.label("enrollment_id"),
            version_id.label("version_id"),
            required(version_id).label("required"),
            done(version_id).label("done"),
        )
        .join(Course, Course.id == Enrollment.course_id)
        .where(version_id.is_not(None), *where)
    )


# Stored progress where it names the learner's version, else computed on the spot. Statements
# that use it join enrolment, course and, outer, progress.
percent: ColumnElement[int] = case(
    (CourseProgress.version_id == version_id, CourseProgress.percent),
    else_=in_percent(done(version_id), required(version_id)),
)


def with_percent(*columns: Any) -> Select[Any]:
    """Select `columns` and the percentage, one row an enrolment; the caller narrows it down."""
    return (
        select(*columns, percent.label("percent"))
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .outerjoin(CourseProgress, CourseProgress.enrollment_id == Enrollment.id)
    )
