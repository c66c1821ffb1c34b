"""One course, found by its address or its number."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload

from app.blueprints.courses.models import Course, CourseInstructor
from app.core.db import db
from app.core.errors import NotFound

# Part of every page of a course, so they are built once.
_LIVE = (
    select(Course)
    .options(
        joinedload(Course.people).joinedload(CourseInstructor.user),
        joinedload(Course.seats),
        joinedload(Course.subject),
    )
    .where(Course.deleted_at.is_(None))
    .execution_options(populate_existing=True)
)
_BY_SLUG = _LIVE.where(Course.slug == bindparam("slug"))
_BY_ID = _LIVE.where(Course.id == bindparam("course_id"))
# The key stays free: rows that refer to the course are inserted by others meanwhile, for example
# a certificate by one who holds an enrolment that the holder of this lock waits for.
_LOCK = select(Course.id).where(Course.id == bindparam("id")).with_for_update(key_share=True)


def find_course(slug: str) -> Course | None:
    """Return the live course at `slug` with its people, seats and subject, in one statement."""
    return _one(_BY_SLUG, {"slug": slug})


def get_course(course_id: int) -> Course:
    """Return the live course of this number; raises `NotFound`."""
    course = find_course_by_id(course_id)
    if course is None:
        raise NotFound
    return course


def find_course_by_id(course_id: int) -> Course | None:
    """Return the live course of this number."""
    return _one(_BY_ID, {"course_id": course_id})


def course_with(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return what finds the live course `course_id`, with more columns beside it."""
    return _BY_ID.add_columns(*columns)


def lock_course(course_id: int) -> Course:
    """Return the live course of this number, its row locked first; raises `NotFound`.

    The course's lock comes before every other: version, seat pool, enrolment.
    """
    db.session.execute(_LOCK, {"id": course_id})
    return get_course(course_id)


def _one(statement: Select[Course], values: dict[str, object]) -> Course | None:
    return db.session.execute(statement, values).unique().scalar_one_or_none()
