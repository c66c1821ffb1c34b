"""Courses as the back office lists them: all of them, deleted ones too."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.blueprints.courses.models import Course, CourseInstructor, CourseRole, CourseStatus
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.core.db import db
from app.core.pagination import Page, contains, paginate

DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One line of the list of courses."""

    course: Course
    owners: list[str]
    learners: int


def list_courses(*, search: str, status: str, page: int) -> Page[CourseRow]:
    """Return one page of courses, the latest changed first; `status` may be `deleted`."""
    people = selectinload(Course.people).joinedload(CourseInstructor.user)
    latest = _courses(search, status).order_by(Course.updated_at.desc(), Course.id)
    found = paginate(latest.options(people), page)
    learners = _learners([course.id for course in found.items])
    rows = [
        CourseRow(course, _owners(course), learners.get(course.id, 0)) for course in found.items
    ]
    return Page(rows, found.number, found.size, found.total)


def count_courses(search: str) -> dict[str, int]:
    """Return how many courses `list_courses` would list for each status, and for none ("")."""
    kinds = ("", *CourseStatus, DELETED)
    numbers = [_courses(search, kind).with_only_columns(func.count(Course.id)) for kind in kinds]
    counted = db.session.execute(select(*(one.scalar_subquery() for one in numbers))).one()
    return dict(zip(kinds, counted, strict=True))


def _courses(search: str, status: str) -> Select[Course]:
    courses = select(Course)
    if search:
        courses = courses.where(contains(search, Course.title))
    if status == DELETED:
        return courses.where(Course.deleted_at.is_not(None))
    if status in set(CourseStatus):
        courses = courses.where(Course.status == status)
    return courses.where(Course.deleted_at.is_(None)) if status else courses


def _owners(course: Course) -> list[str]:
    return [one.user.display_name for one in course.people if one.role is CourseRole.OWNER]


def _learners(ids: list[int]) -> dict[int, int]:
    counted = (
        select(Enrollment.course_id, func.count().label("n"))
        .where(Enrollment.course_id.in_(ids), Enrollment.status.in_(MEMBERS))
        .group_by(Enrollment.course_id)
    )
    return {row.course_id: row.n for row in db.session.execute(counted)}
