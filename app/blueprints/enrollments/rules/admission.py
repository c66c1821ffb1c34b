"""Who is let into a course, and why somebody is not."""

from dataclasses import dataclass
from datetime import datetime

from app.blueprints.courses.models import Course, CourseStatus, EnrollmentType
from app.blueprints.enrollments.models import EnrollmentStatus
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Door:
    """What of a course decides who gets in, and when."""

    status: CourseStatus
    enrollment_type: EnrollmentType
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def door_of(course: Course) -> Door:
    """Return what of the course decides who gets in."""
    return Door(
        course.status,
        course.enrollment_type,
        course.enrolment_opens_at,
        course.enrolment_closes_at,
    )


@dataclass(frozen=True, slots=True)
class Visitor:
    """How somebody comes to the door.

    `admitted`: let in before, by those who teach or by a seat held; `invited`: holds an open
    invitation.
    """

    status: EnrollmentStatus | None = None
    admitted: bool = False
    invited: bool = False


def why_closed(door: Door, visitor: Visitor, now: datetime) -> Text | None:
    """Return why this person gets no seat here now, whether any is free or not; None: they may.

    Whose place is on hold may come back whenever the course goes on, and an invitation has times
    of its own.
    """
    if door.status is CourseStatus.ARCHIVED:
        return _l("This course has ended and takes nobody in any more.")
    if door.status is not CourseStatus.PUBLISHED:
        return _l("This course is not published yet.")
    if visitor.status is EnrollmentStatus.PAUSED or visitor.invited:
        return None
    if door.opens_at and now < door.opens_at:
        return _l("Enrolment opens on %(when)s.", when=written(door.opens_at))
    if door.closes_at and now >= door.closes_at:
        return _l("Enrolment closed on %(when)s.", when=written(door.closes_at))
    if door.enrollment_type is EnrollmentType.RESTRICTED and not visitor.admitted:
        return _l("This course is for those who were invited.")
    return None


def must_ask(door: Door, visitor: Visitor) -> bool:
    """Tell whether those who teach have to let this person in first."""
    is_let_in = visitor.admitted or visitor.invited
    return door.enrollment_type is EnrollmentType.APPROVAL and not is_let_in


def written(moment: datetime) -> str:
    """Write a moment as refusals say it, whoever reads them: 3 December 2026, 18:00 UTC."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
