"""How ready a version is: what its outline says, and what its texts and their assets say."""

from typing import Any

from sqlalchemy import CompoundSelect, bindparam, null, select, union_all

from app.blueprints.builder.rules.readiness import Readiness, Surroundings, readiness_of
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import (
    Asset,
    Course,
    CoursePrerequisite,
    CourseStatus,
    CourseVersion,
)
from app.blueprints.courses.rules.outline import Outline
from app.core.db import read

# A statement takes so many values; what a version shows beyond them is not looked for.
MOST_ASSETS = 30_000
# The assets that are there, and the courses to take first that are closed; built once.
_THERE = select(Asset.id, Asset.public_id, null()).where(
    Asset.public_id.in_(bindparam("named", expanding=True)) | (Asset.id == bindparam("cover_id")),
    Asset.deleted_at.is_(None),
)
_CLOSED = (
    select(null(), null(), Course.title)
    .join(CoursePrerequisite, CoursePrerequisite.required_id == Course.id)
    .where(
        CoursePrerequisite.course_id == bindparam("course_id"),
        Course.deleted_at.is_not(None) | (Course.status == CourseStatus.ARCHIVED),
    )
)
_AROUND: CompoundSelect[*tuple[Any, ...]] = union_all(_THERE, _CLOSED)


def version_readiness(course: Course, version: CourseVersion) -> Readiness:
    """Return what is to be mended in `version` as it is now, in two statements at most."""
    return outline_readiness(course, courses.outline(version, facts=True))


def outline_readiness(course: Course, outline: Outline) -> Readiness:
    """Return what is to be mended in a version of this outline, which has facts of its texts."""
    texts = [lesson.facts for lesson in outline.lessons.values() if lesson.facts]
    named = sorted({asset for one in texts for asset in one.assets})[:MOST_ASSETS]
    cover_id = outline.settings.get("cover_id")
    covers, there, closed = set[Any](), set[str](), list[str]()
    values = {"named": named, "cover_id": cover_id, "course_id": course.id}
    for asset_id, public_id, title in read(_AROUND, values):
        covers.add(asset_id)
        there.add(public_id)
        if title is not None:
            closed.append(title)
    return readiness_of(
        outline,
        Surroundings(
            slug=course.slug,
            gone=frozenset(named) - there,
            cover_gone=cover_id is not None and cover_id not in covers,
            closed=tuple(closed),
        ),
    )
