"""Subjects, categories and tags."""

from sqlalchemy import Row, Select, func, select

from app.blueprints.courses.models import (
    Category,
    Course,
    CourseCategory,
    CourseTag,
    Subject,
    Tag,
    Term,
)
from app.core.db import db
from app.core.pagination import Page, contains, paginate

_COUNT = select(func.count(Course.id)).where(Course.deleted_at.is_(None))
_BY_CATEGORY = _COUNT.join(CourseCategory, CourseCategory.course_id == Course.id)
_BY_TAG = _COUNT.join(CourseTag, CourseTag.course_id == Course.id)
_KINDS: dict[str, tuple[type[Term], Select[int]]] = {
    "subjects": (Subject, _COUNT.where(Course.subject_id == Subject.id)),
    "categories": (Category, _BY_CATEGORY.where(CourseCategory.category_id == Category.id)),
    "tags": (Tag, _BY_TAG.where(CourseTag.tag_id == Tag.id)),
}


def list_subjects() -> list[Subject]:
    """Return all subjects by name."""
    return list(db.session.execute(select(Subject).order_by(Subject.name)).scalars())


def list_categories() -> list[Category]:
    """Return all categories by name."""
    return list(db.session.execute(select(Category).order_by(Category.name)).scalars())


def list_terms(kind: str, *, search: str = "", page: int = 1) -> Page[Row[Term, int]]:
    """Return a page of terms by name, each with its number of live courses."""
    table, courses = _KINDS[kind]
    counted = courses.correlate(table).scalar_subquery()
    statement = select(table, counted).order_by(func.lower(table.name), table.id)
    if search:
        statement = statement.where(contains(search, table.name))
    return paginate(statement, page)
