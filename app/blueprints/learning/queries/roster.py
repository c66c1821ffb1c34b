"""What those who teach see of how far people are."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select

from app.blueprints.courses.models import Course, Lesson
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning.models import CourseProgress, LessonProgress
from app.core.db import db

MOST_DONE = 50


def stored_percent() -> ColumnElement[int]:
    """Return the progress of the enrolment beside it as it was last computed, to order by.

    Between a publication and the job that computes it anew, it is that of the version before.
    """
    mine = select(CourseProgress.percent).where(CourseProgress.enrollment_id == Enrollment.id)
    return func.coalesce(mine.correlate(Enrollment).scalar_subquery(), 0)


def lessons_done(enrollment: Enrollment) -> list[Row[str, datetime]]:
    """Return (title, when) of the lessons of theirs that are done, the latest first."""
    version = func.coalesce(enrollment.pinned_version_id, Course.current_version_id)
    statement = (
        select(Lesson.title, LessonProgress.completed_at)
        .join(Lesson, Lesson.key == LessonProgress.lesson_key)
        .join(Course, Course.id == enrollment.course_id)
        .where(LessonProgress.enrollment_id == enrollment.id, Lesson.version_id == version)
        .order_by(LessonProgress.completed_at.desc())
        .limit(MOST_DONE)
    )
    return list(db.session.execute(statement).all())
