"""The numbers of the overview."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select

from app.blueprints.accounts.models import LoginEvent, LoginOutcome, User, UserSession
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning.models import Certificate
from app.core import clock
from app.core.db import db

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much there is, and what of it is new this week."""

    people: int
    new_people: int
    active_people: int
    failed_log_ins: int
    courses: int
    published: int
    in_review: int
    enrollments: int
    new_enrollments: int
    certificates: int


def numbers() -> Numbers:
    """Count everything in one statement."""
    now = clock.now()
    counted = (
        _count(User),
        _count(User, User.created_at > now - WEEK),
        select(func.count(UserSession.user_id.distinct())).where(
            UserSession.last_seen_at > now - WEEK
        ),
        _count(LoginEvent, LoginEvent.outcome != LoginOutcome.SUCCEEDED, LoginEvent.at > now - DAY),
        _count(Course, Course.deleted_at.is_(None)),
        _count(Course, Course.deleted_at.is_(None), Course.status == CourseStatus.PUBLISHED),
        _count(Course, Course.deleted_at.is_(None), Course.status == CourseStatus.REVIEW),
        _count(Enrollment),
        _count(Enrollment, Enrollment.enrolled_at > now - WEEK),
        _count(Certificate),
    )
    statement = select(*(one.scalar_subquery() for one in counted))
    return Numbers(*db.session.execute(statement).one())


def _count(
    table: type[User | Course | Enrollment | Certificate | LoginEvent],
    *conditions: ColumnElement[bool],
) -> Select[int]:
    return select(func.count(table.id)).where(*conditions)
