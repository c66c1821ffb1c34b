"""What a course asks for, and how far somebody has come with it."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from app.blueprints.courses.models import Course, CoursePrerequisite
from app.blueprints.courses.queries.catalogue import LISTED
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus, PrerequisiteWaiver
from app.core.db import db

_MINE = and_(Enrollment.course_id == Course.id, Enrollment.user_id == bindparam("user_id"))
_WAIVED = and_(
    PrerequisiteWaiver.course_id == bindparam("course_id"),
    PrerequisiteWaiver.user_id == bindparam("user_id"),
)
_REQUIRED = (
    select(Course.slug, Course.title, Enrollment.status, PrerequisiteWaiver.id.is_not(None))
    .join(CoursePrerequisite, CoursePrerequisite.required_id == Course.id)
    .outerjoin(Enrollment, _MINE)
    .outerjoin(PrerequisiteWaiver, _WAIVED)
    .where(CoursePrerequisite.course_id == bindparam("course_id"), *LISTED)
    .order_by(Course.title, Course.id)
)


@dataclass(frozen=True, slots=True)
class Required:
    """A course that comes first, and how this person stands in it."""

    slug: str
    title: str
    status: EnrollmentStatus | None
    is_waived: bool

    @property
    def is_missing(self) -> bool:
        """Tell whether it keeps this person out."""
        return self.status is not EnrollmentStatus.COMPLETED and not self.is_waived


def prerequisites_for(user_id: int, course_id: int) -> list[Required]:
    """Return what the course asks for, with this person's state in each, in one statement.

    What is not in the catalogue is not asked for: nobody could be told of it.
    """
    which = {"user_id": user_id, "course_id": course_id}
    return [Required(*row) for row in db.session.execute(_REQUIRED, which)]
