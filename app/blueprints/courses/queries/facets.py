"""How many courses of the catalogue there are of each kind, in one statement.

Courses that are alike in all facets are one row; a course has several tags, so these are counted
in rows of their own, the most used first.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.blueprints.courses.models import (
    Course,
    CourseStatus,
    CourseTag,
    EnrollmentType,
    SeatPool,
    Subject,
    Tag,
)
from app.blueprints.courses.rules.catalogue import (
    FREE,
    LONG_FROM,
    MEDIUM_FROM,
    Choice,
    CourseLength,
    Facet,
    Wanted,
)
from app.blueprints.courses.rules.facets import Facets, Group, Tally
from app.blueprints.courses.search import Hits
from app.core.db import db

MOST_TAGS = 12
# What is shown to everybody.
LISTED: tuple[ColumnElement[bool], ...] = (
    Course.status == CourseStatus.PUBLISHED,
    Course.is_public.is_(True),
    Course.deleted_at.is_(None),
    Course.current_version_id.is_not(None),
)
_LENGTH = case(
    (Course.minutes < MEDIUM_FROM, CourseLength.SHORT.value),
    (Course.minutes < LONG_FROM, CourseLength.MEDIUM.value),
    else_=CourseLength.LONG.value,
)
# By invitation there is no seat for whoever looks for one here.
_IS_FREE = and_(
    Course.enrollment_type != EnrollmentType.RESTRICTED,
    or_(SeatPool.capacity.is_(None), SeatPool.taken < SeatPool.capacity),
)


def _chosen(facet: Facet) -> Any:
    return bindparam(facet.value, expanding=True)


_TAGGED = Course.id.in_(
    select(CourseTag.course_id)
    .join(Tag, Tag.id == CourseTag.tag_id)
    .where(Tag.slug.in_(_chosen(Facet.TAG)))
)
_FITS: dict[Facet, ColumnElement[bool]] = {
    Facet.SUBJECT: Subject.slug.in_(_chosen(Facet.SUBJECT)),
    Facet.LEVEL: Course.difficulty.in_(_chosen(Facet.LEVEL)),
    Facet.LENGTH: _LENGTH.in_(_chosen(Facet.LENGTH)),
    Facet.SEATS: _IS_FREE,
    Facet.LANGUAGE: Course.language.in_(_chosen(Facet.LANGUAGE)),
    Facet.TAG: _TAGGED,
}
# What is computed is grouped by its label: one expression, written twice, is two to PostgreSQL.
_GROUPED = (
    Subject.slug,
    Subject.name,
    Course.difficulty,
    "course_length",
    "is_free",
    Course.language,
    "is_tagged",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement of the catalogue looks like; each shape is built and compiled once."""

    facets: frozenset[Facet] = frozenset()
    hits: Subquery | None = None

    def narrow(
        self, statement: Select[*tuple[Any, ...]], besides: Facet | None = None
    ) -> Select[*tuple[Any, ...]]:
        """Return `statement` over the listed courses that fit, as far as it asks `besides`."""
        statement = (
            statement.join(SeatPool, SeatPool.id == Course.seat_pool_id)
            .outerjoin(Subject, Subject.id == Course.subject_id)
            .where(*LISTED, *(_FITS[facet] for facet in sorted(self.facets - {besides})))
        )
        if self.hits is not None:
            statement = statement.join(self.hits, self.hits.c.course_id == Course.id)
        return statement


def values_of(wanted: Wanted, hits: Hits | None) -> dict[str, Any]:
    """Return what a statement of the shape of `wanted` asks for."""
    asked = {facet.value: wanted.values(facet) for facet in wanted.facets - {Facet.SEATS}}
    return {**(hits.values if hits else {}), **asked}


def facets(wanted: Wanted, hits: Hits | None) -> Facets:
    """Return how many courses there are of each kind under `wanted`; one statement."""
    tally = Tally(wanted)
    shape = Shape(wanted.facets, hits.courses if hits else None)
    for row in db.session.execute(_counts(shape), values_of(wanted, hits)):
        slug, name, level, length, free, language, tagged, tag, tag_name, number = row
        if tag is not None:
            choice = Choice(Facet.TAG, tag)
            tally.names[choice], tally.numbers[choice] = tag_name, number
            continue
        if slug is not None:
            tally.names[Choice(Facet.SUBJECT, slug)] = name
        one_of_them = wanted.values(Facet.TAG)[0] if tagged else None
        alike = (slug, level, length, free, language, one_of_them)
        tally.add(Group(dict(zip(Facet, alike, strict=True)), number))
    return tally.facets()


@cache
def _counts(shape: Shape) -> CompoundSelect[*tuple[Any, ...]]:
    tagged = case((_TAGGED, 1), else_=0) if Facet.TAG in shape.facets else literal(0)
    kinds = (
        Shape(hits=shape.hits)
        .narrow(
            select(
                Subject.slug,
                Subject.name,
                Course.difficulty,
                _LENGTH.label("course_length"),
                case((_IS_FREE, FREE)).label("is_free"),
                Course.language,
                tagged.label("is_tagged"),
                null(),
                null(),
                func.count(),
            ).select_from(Course)
        )
        .group_by(*_GROUPED)
    )
    used = shape.narrow(
        select(Tag.slug, Tag.name, func.count().label("number"))
        .select_from(Course)
        .join(CourseTag, CourseTag.course_id == Course.id)
        .join(Tag, Tag.id == CourseTag.tag_id),
        besides=Facet.TAG,
    )
    tags = (
        used.group_by(Tag.slug, Tag.name)
        .order_by(func.count().desc(), Tag.slug)
        .limit(MOST_TAGS)
        .subquery("tags")
    )
    nothing = [null()] * len(_GROUPED)
    return union_all(kinds, select(*nothing, tags.c.slug, tags.c.name, tags.c.number))
