"""Which courses ask for which."""

from collections import defaultdict

from sqlalchemy import Row, and_, bindparam, select

from app.blueprints.courses.models import Course, CoursePrerequisite
from app.blueprints.courses.queries.catalogue import LISTED
from app.core.db import db

_OF_COURSE = (
    select(
        Course.id,
        Course.slug,
        Course.title,
        and_(*LISTED).label("is_listed"),
        Course.deleted_at.is_not(None).label("is_gone"),
    )
    .join(CoursePrerequisite, CoursePrerequisite.required_id == Course.id)
    .where(CoursePrerequisite.course_id == bindparam("course_id"))
    .order_by(Course.title, Course.id)
)
MOST_SUGGESTED = 300


def list_prerequisites(course_id: int) -> list[Row[int, str, str, bool, bool]]:
    """Return (id, slug, title, is_listed, is_gone) of the courses that this one asks for."""
    return list(db.session.execute(_OF_COURSE, {"course_id": course_id}).all())


def required_by_course() -> dict[int, set[int]]:
    """Return, for every course that asks for others, for which; in one statement."""
    required: dict[int, set[int]] = defaultdict(set)
    rows = select(CoursePrerequisite.course_id, CoursePrerequisite.required_id)
    for course_id, required_id in db.session.execute(rows):
        required[course_id].add(required_id)
    return required


def suggested_prerequisites(course_id: int) -> list[Row[str, str]]:
    """Return (slug, title) of the published courses that it could ask for, the newest first."""
    statement = (
        select(Course.slug, Course.title)
        .where(*LISTED, Course.id != course_id)
        .order_by(Course.published_at.desc())
        .limit(MOST_SUGGESTED)
    )
    return list(db.session.execute(statement).all())
