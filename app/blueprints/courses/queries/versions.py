"""Versions of a course."""

from sqlalchemy import bindparam, func, select

from app.blueprints.courses.models import Course, CourseVersion
from app.core.db import db
from app.core.errors import NotFound

# Asked for by every page of the builder, so they are built once.
_WORKING = select(CourseVersion).where(
    CourseVersion.course_id == bindparam("course_id"), CourseVersion.number.is_(None)
)
_WORKING_LOCKED = _WORKING.with_for_update().execution_options(populate_existing=True)
_SHOWN_AND_CURRENT = select(CourseVersion).where(
    CourseVersion.course_id == bindparam("course_id"),
    CourseVersion.number.is_(None) | (CourseVersion.id == bindparam("current_id")),
)


def find_working_version(course_id: int, *, lock: bool = False) -> CourseVersion | None:
    """Return the version that the builder edits, if there is one; `lock` its row if asked."""
    statement = _WORKING_LOCKED if lock else _WORKING
    return db.session.execute(statement, {"course_id": course_id}).scalar_one_or_none()


def get_version(version_id: int) -> CourseVersion:
    """Return the version of this number; raises `NotFound`."""
    version = db.session.get(CourseVersion, version_id)
    if version is None:
        raise NotFound
    return version


def get_published_version(course_id: int, number: int) -> CourseVersion:
    """Return the published version of this number of the course; raises `NotFound`."""
    statement = select(CourseVersion).filter_by(course_id=course_id, number=number)
    version = db.session.execute(statement).scalar_one_or_none()
    if version is None:
        raise NotFound
    return version


def shown_in_builder(course: Course) -> CourseVersion:
    """Return the working version, or the current one where nobody has begun to change it."""
    found = find_working_version(course.id)
    if found:
        return found
    if course.current_version_id is None:
        raise NotFound
    return get_version(course.current_version_id)


def shown_and_current(course: Course) -> tuple[CourseVersion, CourseVersion | None]:
    """Return what the builder shows and what learners see, if they see any, in one statement."""
    values = {"course_id": course.id, "current_id": course.current_version_id}
    found = list(db.session.execute(_SHOWN_AND_CURRENT, values).scalars())
    current = next((version for version in found if not version.is_working), None)
    shown = next((version for version in found if version.is_working), current)
    if shown is None:
        raise NotFound
    return shown, current


def last_number(course_id: int) -> int:
    """Return the number of the newest published version; 0 before the first."""
    statement = select(func.max(CourseVersion.number)).filter_by(course_id=course_id)
    return db.session.execute(statement).scalar_one() or 0
