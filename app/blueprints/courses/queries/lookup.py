"""One course, found by its address or its number."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.blueprints.courses.models import Course, CourseInstructor
from app.core.db import db
from app.core.errors import NotFound


def find_course(slug: str) -> Course | None:
    """Return the live course at `slug` with its people, seats and subject, in one statement."""
    return _one(_with_people().where(Course.slug == slug, Course.deleted_at.is_(None)))


def get_course(course_id: int) -> Course:
    """Return the live course of this number; raises `NotFound`."""
    course = _one(_with_people().where(Course.id == course_id, Course.deleted_at.is_(None)))
    if course is None:
        raise NotFound
    return course


def lock_course(course_id: int) -> Course:
    """Return the live course of this number, its row locked first; raises `NotFound`.

    The course's lock comes before every other: version, seat pool, enrolment.
    """
    locked = select(Course.id).where(Course.id == course_id).with_for_update()
    db.session.execute(locked)
    return get_course(course_id)


def _with_people() -> Select[Course]:
    return select(Course).options(
        joinedload(Course.people).joinedload(CourseInstructor.user),
        joinedload(Course.seats),
        joinedload(Course.subject),
    )


def _one(statement: Select[Course]) -> Course | None:
    fresh = statement.execution_options(populate_existing=True)
    return db.session.execute(fresh).unique().scalar_one_or_none()
