"""The state of what a public page shows, in one short text from one statement.

The text names every row by its last change, so no change can hide behind another; a highest
time or a sum could.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CoursePrerequisite,
    CourseStatus,
    SeatPool,
    Subject,
)
from app.blueprints.courses.queries.catalogue import LISTED
from app.core.db import db

_SHOWN = (CourseStatus.PUBLISHED, CourseStatus.ARCHIVED)


def catalogue_stamp() -> str:
    """Return the state of all courses that everybody sees, with their seats and subjects."""
    stamp: str = db.session.execute(_catalogue()).scalar_one()
    return stamp


def course_stamp(slug: str) -> str | None:
    """Return the state of the course at `slug`, or None unless everybody sees it."""
    return db.session.execute(_course(), {"slug": slug}).scalar_one_or_none()


@cache
def _catalogue() -> Select[*tuple[Any, ...]]:
    people = (
        select(func.count())
        .select_from(CourseInstructor)
        .join(Course, Course.id == CourseInstructor.course_id)
        .where(*LISTED)
        .scalar_subquery()
    )
    rows = _joined(select(_course_text().label("row"))).where(*LISTED).order_by(Course.id)
    courses = rows.subquery("courses")
    return select(_line(func.aggregate_strings(courses.c.row, "/"), people))


@cache
def _course() -> Select[*tuple[Any, ...]]:
    people = (
        select(func.aggregate_strings(_line(CourseInstructor.role, User.display_name), "/"))
        .join(User, User.id == CourseInstructor.user_id)
        .where(CourseInstructor.course_id == Course.id)
        .scalar_subquery()
    )
    other = aliased(Course)
    required = (
        select(func.aggregate_strings(_line(other.id, other.updated_at), "/"))
        .join(CoursePrerequisite, CoursePrerequisite.required_id == other.id)
        .where(CoursePrerequisite.course_id == Course.id)
        .correlate(Course)
        .scalar_subquery()
    )
    return _joined(select(_line(_course_text(), people, required))).where(
        Course.slug == bindparam("slug"),
        Course.deleted_at.is_(None),
        Course.status.in_(_SHOWN),
        Course.is_public.is_(True),
        Course.current_version_id.is_not(None),
    )


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Course)
        .join(SeatPool, SeatPool.id == Course.seat_pool_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
    )


def _course_text() -> ColumnElement[str]:
    return _line(
        Course.id,
        Course.updated_at,
        Course.current_version_id,
        SeatPool.capacity,
        SeatPool.taken,
        Subject.name,
    )


def _line(*values: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[str]:
    texts = [func.coalesce(cast(value, String), "") for value in values]
    line: ColumnElement[str] = literal("")
    for text in texts:
        line = line + text + literal(".")
    return line
