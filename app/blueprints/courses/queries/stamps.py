"""The state of what a public page shows, in one short text from one statement.

The text names every row by its last change, so no change can hide behind another; a highest
time or a sum could.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    distinct,
    func,
    literal,
    select,
    true,
)
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
from app.blueprints.courses.queries.facets import LISTED
from app.core import clock
from app.core.db import read

_SHOWN = (CourseStatus.PUBLISHED, CourseStatus.ARCHIVED)


class CatalogueState(NamedTuple):
    """The state of the catalogue: its stamp, how many courses it has, how many work in them."""

    stamp: str
    courses: int
    people: int


def catalogue_state() -> CatalogueState:
    """Return the state of all courses that everybody sees, with their seats and subjects."""
    return CatalogueState(*read(_catalogue()).one())


def catalogue_stamp() -> str:
    """Return the stamp alone."""
    return catalogue_state().stamp


def course_stamp(slug: str) -> str | None:
    """Return the state of the course at `slug`, or None unless everybody sees it."""
    return read(_course(), {"slug": slug}).scalar_one_or_none()


@cache
def _catalogue() -> Select[*tuple[Any, ...]]:
    people = CourseInstructor.user_id
    team = (
        select(func.count(people).label("places"), func.count(distinct(people)).label("people"))
        .join(Course, Course.id == CourseInstructor.course_id)
        .where(*LISTED)
        .subquery("team")
    )
    rows = _joined(select(_course_text().label("row"))).where(*LISTED).order_by(Course.id)
    listed = rows.subquery("listed")
    courses = select(
        func.aggregate_strings(listed.c.row, "/").label("rows"), func.count().label("number")
    ).subquery("courses")
    stamp = _line(courses.c.rows, team.c.places)
    return select(stamp, courses.c.number, team.c.people).join_from(courses, team, true())


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
        Course.enrolment_opens_at > clock.db_time(),
        Course.enrolment_closes_at > clock.db_time(),
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
