"""People as the back office lists them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.accounts.queries import list_users
from app.blueprints.courses.models import Course, CourseInstructor
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.profiles.queries import names_of_tiers
from app.core.db import db
from app.core.pagination import Page


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    user: User
    tier: str
    teaches: int
    learns: int
    last_seen_at: datetime | None


def list_people(*, search: str, role: str, page: int) -> Page[PersonRow]:
    """Return one page of people by name, in six statements however many there are."""
    users = list_users(search=search, role=role, page=page)
    ids = [user.id for user in users.items]
    tiers, teaches, learns = names_of_tiers(ids), _teaches(ids), _learns(ids)
    seen = _last_seen(ids)
    rows = [
        PersonRow(
            user,
            tiers.get(user.id, ""),
            teaches.get(user.id, 0),
            learns.get(user.id, 0),
            seen.get(user.id),
        )
        for user in users.items
    ]
    return Page(rows, users.number, users.size, users.total)


def _teaches(ids: list[int]) -> dict[int, int]:
    counted = (
        select(CourseInstructor.user_id, func.count().label("n"))
        .join(Course, Course.id == CourseInstructor.course_id)
        .where(CourseInstructor.user_id.in_(ids), Course.deleted_at.is_(None))
        .group_by(CourseInstructor.user_id)
    )
    return {row.user_id: row.n for row in db.session.execute(counted)}


def _learns(ids: list[int]) -> dict[int, int]:
    counted = (
        select(Enrollment.user_id, func.count().label("n"))
        .where(Enrollment.user_id.in_(ids))
        .group_by(Enrollment.user_id)
    )
    return {row.user_id: row.n for row in db.session.execute(counted)}


def _last_seen(ids: list[int]) -> dict[int, datetime]:
    seen = (
        select(UserSession.user_id, func.max(UserSession.last_seen_at).label("at"))
        .where(UserSession.user_id.in_(ids))
        .group_by(UserSession.user_id)
    )
    return {row.user_id: row.at for row in db.session.execute(seen)}
