"""Which courses ask for which."""

from collections import defaultdict
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select

from app.blueprints.courses import search
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CoursePrerequisite,
    CourseStatus,
)
from app.blueprints.courses.queries.catalogue import LISTED
from app.blueprints.courses.rules.prerequisites import closes_a_circle
from app.blueprints.courses.search import Hits
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
MOST_NAMED = 8
MOST_LOOKED_AT = 40


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


def nameable_courses(course_id: int, actor_id: int, spoken: str) -> list[Row[Any]]:
    """Return (id, slug, title, is_listed) of courses of these words that it could ask for.

    Those of the catalogue and those that `actor_id` works in; none that it asks for already, and
    none that would close a circle. Two statements.
    """
    if not spoken.strip():
        return []
    required = required_by_course()
    part = spoken.strip().lower()[: search.LONGEST_QUERY]
    rows = db.session.execute(_nameable(course_id, actor_id, search.find_courses(spoken), part))
    mine = required.get(course_id, set())
    fit = (
        row
        for row in rows
        if row.id not in mine and not closes_a_circle(required, course_id, row.id)
    )
    return list(islice(fit, MOST_NAMED))


def _nameable(course_id: int, actor_id: int, hits: Hits, part: str) -> Select[*tuple[Any, ...]]:
    theirs = select(CourseInstructor.course_id).where(CourseInstructor.user_id == actor_id)
    found = hits.courses
    listed = and_(*LISTED)
    statement = (
        select(Course.id, Course.slug, Course.title, listed.label("is_listed"))
        .outerjoin(found, found.c.course_id == Course.id)
        .where(
            Course.id != course_id,
            Course.deleted_at.is_(None),
            Course.template.is_(None),
            Course.status != CourseStatus.ARCHIVED,
            or_(listed, Course.id.in_(theirs)),
            or_(
                found.c.course_id.is_not(None),
                func.lower(Course.title).contains(part, autoescape=True),
            ),
        )
        .order_by(func.coalesce(found.c.rank, 0.0).desc(), Course.title, Course.id)
        .limit(MOST_LOOKED_AT)
    )
    return statement.params(hits.values)
