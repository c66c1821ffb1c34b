"""What the learner's dashboard shows: courses under way and completed, and how far they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.models import Certificate, CourseProgress, LessonProgress
from app.blueprints.learning.queries.learners import find_learner
from app.blueprints.learning.queries.player import path_of
from app.blueprints.learning.queries.standing import with_percent
from app.core.db import db, read
from app.core.pagination import Listed, Page

# Parts of pages that are asked for all the time, so they are built once.
_PERCENT_BY_COURSE = with_percent(Enrollment.course_id).where(
    Enrollment.user_id == bindparam("user_id"),
    Enrollment.course_id.in_(bindparam("course_ids", expanding=True)),
    Enrollment.status.in_(MEMBERS),
)
_PERCENT_BY_ENROLLMENT = with_percent(Enrollment.id).where(
    Enrollment.id.in_(bindparam("enrollment_ids", expanding=True))
)
_TOUCHED = (
    select(func.max(LessonProgress.completed_at))
    .where(LessonProgress.enrollment_id == Enrollment.id)
    .correlate(Enrollment)
    .scalar_subquery()
)
_COURSES = Listed(
    with_percent(
        Enrollment.id,
        Course.id,
        Course.slug,
        Course.title,
        Enrollment.status,
        Enrollment.completed_at,
        Certificate.serial,
        Course.cover,
    )
    .outerjoin(
        Certificate,
        (Certificate.enrollment_id == Enrollment.id) & Certificate.revoked_at.is_(None),
    )
    .where(
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.status.in_(MEMBERS),
        Course.deleted_at.is_(None),
    )
    .order_by(func.coalesce(_TOUCHED, Enrollment.enrolled_at).desc(), Enrollment.id.desc())
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One of the learner's courses."""

    enrollment_id: int
    course_id: int
    slug: str
    title: str
    status: EnrollmentStatus
    completed_at: datetime | None
    serial: str | None
    cover: str
    percent: int

    @property
    def is_completed(self) -> bool:
        """Tell whether the course was completed, whatever came into it since."""
        return self.status is EnrollmentStatus.COMPLETED


def courses_of(user_id: int, page: int = 1) -> Page[CourseRow]:
    """Return a page of what this person takes part in or has completed, last touched first."""
    found = _COURSES.page(page, user_id=user_id)
    rows = [CourseRow(*row) for row in found.items]
    return Page(rows, found.number, found.size, found.total)


def percent_by_course(user_id: int, course_ids: Collection[int]) -> dict[int, int]:
    """Return how far this person is in those of the courses that they are in."""
    values = {"user_id": user_id, "course_ids": list(course_ids)}
    return dict(iter(read(_PERCENT_BY_COURSE, values)))


def percent_by_enrollment(enrollment_ids: Collection[int]) -> dict[int, int]:
    """Return how far each of these enrolments is."""
    values = {"enrollment_ids": list(enrollment_ids)}
    return dict(iter(read(_PERCENT_BY_ENROLLMENT, values)))


def average_percent(course_ids: Collection[int]) -> dict[int, int]:
    """Return the average progress, in whole percent, in those courses that have learners."""
    rows = db.session.execute(
        select(Enrollment.course_id, func.avg(func.coalesce(CourseProgress.percent, 0)))
        .outerjoin(CourseProgress, CourseProgress.enrollment_id == Enrollment.id)
        .where(Enrollment.course_id.in_(course_ids), Enrollment.status.in_(MEMBERS))
        .group_by(Enrollment.course_id)
    )
    return {course_id: int(average) for course_id, average in rows}


def next_title(user_id: int, course_id: int) -> str | None:
    """Return the title of the lesson to go on with in this course."""
    learner = find_learner(user_id, course_id)
    path = path_of(learner, course_id) if learner else None
    lesson = path.find(path.resume_key or "") if path else None
    return lesson.title if lesson else None
