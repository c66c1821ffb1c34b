"""What a course's page shows of other tables: what to take first, and what it is sorted by.

It comes with the version in one statement, each list in one text.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select

from app.blueprints.courses.models import (
    Category,
    Course,
    CourseCategory,
    CoursePrerequisite,
    CourseTag,
    CourseVersion,
    Tag,
)
from app.blueprints.courses.queries.catalogue import LISTED
from app.core.db import db
from app.core.errors import NotFound

# No title and no name has these: they count as spaces wherever such are typed.
_FIELD, _ROW = "\x1f", "\x1e"


class Named(NamedTuple):
    """A thing with its part of addresses."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """By name; of prerequisites only those that everybody can find."""

    prerequisites: tuple[Named, ...]
    categories: tuple[Named, ...]
    tags: tuple[Named, ...]


def version_with_around(version_id: int) -> tuple[CourseVersion, Around]:
    """Return a version and what stands around its course; raises `NotFound`."""
    found = db.session.execute(_BOTH, {"version_id": version_id}).one_or_none()
    if found is None:
        raise NotFound
    version, *texts = found
    return version, Around(*map(_read, texts))


def _listed(slug: Any, name: Any, rows: Select[Any]) -> ColumnElement[str]:
    text = slug + literal(_FIELD) + name
    listed = rows.with_only_columns(func.aggregate_strings(text, _ROW))
    return listed.correlate(CourseVersion).scalar_subquery()


def _read(text: str | None) -> tuple[Named, ...]:
    rows = (Named(*row.split(_FIELD)) for row in text.split(_ROW)) if text else ()
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


_PREREQUISITES = (
    select(Course.id)
    .join(CoursePrerequisite, CoursePrerequisite.required_id == Course.id)
    .where(CoursePrerequisite.course_id == CourseVersion.course_id, *LISTED)
)
_CATEGORIES = (
    select(Category.id)
    .join(CourseCategory, CourseCategory.category_id == Category.id)
    .where(CourseCategory.course_id == CourseVersion.course_id)
)
_TAGS = (
    select(Tag.id)
    .join(CourseTag, CourseTag.tag_id == Tag.id)
    .where(CourseTag.course_id == CourseVersion.course_id)
)
_BOTH = select(
    CourseVersion,
    _listed(Course.slug, Course.title, _PREREQUISITES),
    _listed(Category.slug, Category.name, _CATEGORIES),
    _listed(Tag.slug, Tag.name, _TAGS),
).where(CourseVersion.id == bindparam("version_id"))
