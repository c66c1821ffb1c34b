"""Who is to be told."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import CourseInstructor
from app.blueprints.courses.policies import EDITORS
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.messaging.models import MailMute
from app.core.db import db


def active_people(user_ids: Iterable[int], topic: str) -> dict[int, bool]:
    """Return those of the people who may be here, and whether each wants mail of `topic`."""
    muted = select(MailMute.id).where(MailMute.user_id == User.id, MailMute.topic == topic)
    statement = select(User.id, ~muted.exists()).where(
        User.id.in_(user_ids), User.disabled_at.is_(None)
    )
    return {row[0]: bool(row[1]) for row in db.session.execute(statement.order_by(User.id))}


def approvers() -> list[int]:
    """Return the numbers of those who review courses."""
    return list(db.session.execute(select(User.id).where(User.is_approver)).scalars())


def count_requests(course_id: int) -> int:
    """Return how many people wait for a decision whether they may take this course."""
    statement = select(func.count()).where(
        Enrollment.course_id == course_id,
        Enrollment.status == EnrollmentStatus.PENDING,
        Enrollment.admitted_at.is_(None),
    )
    return db.session.execute(statement).scalar_one()


def team_of(course_id: int) -> list[int]:
    """Return the numbers of those who edit this course, and decide who gets into it."""
    statement = select(CourseInstructor.user_id).where(
        CourseInstructor.course_id == course_id, CourseInstructor.role.in_(EDITORS)
    )
    return list(db.session.execute(statement).scalars())
