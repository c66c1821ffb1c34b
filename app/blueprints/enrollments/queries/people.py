"""People in courses: one, and their numbers."""

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import exists, func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    Invitation,
    WaitlistEntry,
)
from app.blueprints.enrollments.queries.invitations import is_for, is_usable
from app.blueprints.enrollments.rules import MEMBERS
from app.core.db import db


def find_enrollment(user_id: int, course_id: int) -> Enrollment | None:
    """Return how this person stands in this course, if they ever asked to."""
    statement = select(Enrollment).filter_by(user_id=user_id, course_id=course_id)
    return db.session.execute(statement).scalar_one_or_none()


def is_member(user_id: int, course_id: int) -> bool:
    """Tell whether this person takes part in this course, or has completed it."""
    statement = select(
        select(Enrollment.id)
        .filter_by(user_id=user_id, course_id=course_id)
        .where(Enrollment.status.in_(MEMBERS))
        .exists()
    )
    return bool(db.session.execute(statement).scalar_one())


def is_known(user_id: int, course_id: int) -> bool:
    """Tell whether this person takes part, waits, may come back, or is invited by address."""
    stands = exists().where(
        Enrollment.user_id == user_id,
        Enrollment.course_id == course_id,
        Enrollment.admitted_at.is_not(None)
        | Enrollment.status.in_((*MEMBERS, EnrollmentStatus.PENDING)),
    )
    waits = exists().where(
        WaitlistEntry.user_id == user_id,
        WaitlistEntry.course_id == course_id,
        WaitlistEntry.ended_at.is_(None),
    )
    is_asked = exists().where(
        User.id == user_id, Invitation.course_id == course_id, is_for(User), is_usable()
    )
    return bool(db.session.execute(select(stands | waits | is_asked)).scalar_one())


def count_by_status(course_ids: Collection[int]) -> Mapping[int, Mapping[EnrollmentStatus, int]]:
    """Return, for each course, how many people stand in it how; in one statement."""
    rows = db.session.execute(
        select(Enrollment.course_id, Enrollment.status, func.count())
        .where(Enrollment.course_id.in_(course_ids))
        .group_by(Enrollment.course_id, Enrollment.status)
    )
    counted: dict[int, dict[EnrollmentStatus, int]] = {course_id: {} for course_id in course_ids}
    for course_id, status, number in rows:
        counted[course_id][status] = number
    return counted


def count_by_version(course: Course) -> dict[int, int]:
    """Return how many members of `course` are on which of its versions, in one statement."""
    version = func.coalesce(Enrollment.pinned_version_id, course.current_version_id)
    rows = db.session.execute(
        select(version, func.count())
        .where(Enrollment.course_id == course.id, Enrollment.status.in_(MEMBERS))
        .group_by(Enrollment.pinned_version_id)
    )
    counted: Counter[int] = Counter()
    for version_id, number in rows:
        counted[version_id] += number
    return counted
