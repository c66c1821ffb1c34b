"""A person's place in a course: their enrolment, and the version that they are on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.learning.queries.standing import version_id
from app.core.db import db, read

# Part of every page of a lesson, so it is built once.
_LEARNER = (
    select(
        Enrollment.id,
        Enrollment.status,
        CourseVersion.id,
        CourseVersion.number,
        Enrollment.enrolled_at,
        Enrollment.seen_number,
    )
    .join(Course, Course.id == Enrollment.course_id)
    .join(CourseVersion, CourseVersion.id == version_id)
    .where(
        Enrollment.user_id == bindparam("user_id"), Enrollment.course_id == bindparam("course_id")
    )
)


@dataclass(frozen=True, slots=True)
class Learner:
    """One person in one course, on one version; without an enrolment it is a look only."""

    enrollment_id: int | None
    status: EnrollmentStatus | None
    version_id: int
    version_number: int
    enrolled_at: datetime | None = None
    # Up to which version they know what is new.
    seen_number: int | None = None

    @property
    def has_completed(self) -> bool:
        """Tell whether the course is completed, whatever came into it since."""
        return self.status is EnrollmentStatus.COMPLETED

    @property
    def is_preview(self) -> bool:
        """Tell whether nothing is kept of what is done here."""
        return self.enrollment_id is None


def find_learner(user_id: int, course_id: int) -> Learner | None:
    """Return this person's place in this course, however they stand in it."""
    values = {"user_id": user_id, "course_id": course_id}
    row = read(_LEARNER, values).one_or_none()
    return Learner(row[0], row[1], row[2], row[3] or 0, row[4], row[5]) if row else None


def learner_of(enrollment: Enrollment, course: Course) -> Learner | None:
    """Return the place of an enrolment; costs nothing where the version is loaded already."""
    version_id = enrollment.pinned_version_id or course.current_version_id
    version = db.session.get(CourseVersion, version_id) if version_id else None
    if version is None:
        return None
    return Learner(
        enrollment.id,
        enrollment.status,
        version.id,
        version.number or 0,
        enrollment.enrolled_at,
        enrollment.seen_number,
    )


def previewer(course: Course) -> Learner | None:
    """Return a look at the course's current version, where there is one."""
    statement = select(CourseVersion.number).where(CourseVersion.id == course.current_version_id)
    number = db.session.execute(statement).scalar_one_or_none()
    if course.current_version_id is None or number is None:
        return None
    return Learner(None, None, course.current_version_id, number)
