"""The catalogue: which courses are shown to everybody, how many of which kind, and their cards.

Plain columns, not objects: a card needs a dozen values, and a page has 25 of them.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, bindparam, distinct, func, select

from app.blueprints.courses import search
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CourseStatus,
    Difficulty,
    SeatPool,
    Subject,
)
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.blueprints.courses.search import Hits
from app.core.db import db
from app.core.pagination import PAGE_SIZE, Page

# What is shown to everybody.
LISTED: tuple[ColumnElement[bool], ...] = (
    Course.status == CourseStatus.PUBLISHED,
    Course.is_public.is_(True),
    Course.deleted_at.is_(None),
    Course.current_version_id.is_not(None),
)
_CARD = (
    Course.id,
    Course.slug,
    Course.title,
    Course.summary,
    Course.difficulty,
    Course.minutes,
    Course.lesson_count,
    Course.cover,
    Course.enrollment_type,
    SeatPool.capacity,
    SeatPool.taken,
    Subject.name.label("subject_name"),
)


_SIZE = (
    select(func.count(distinct(Course.id)), func.count(distinct(CourseInstructor.user_id)))
    .select_from(Course)
    .outerjoin(CourseInstructor, CourseInstructor.course_id == Course.id)
    .where(*LISTED)
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the statement of the cards looks like; each shape is built and compiled once."""

    order: Sort
    by_subject: bool = False
    by_level: bool = False
    hits: Subquery | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many courses there are of each subject and level, under what is chosen of the other."""

    subjects: tuple[tuple[str, str, int], ...]
    levels: tuple[tuple[Difficulty, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of cards, and what to narrow it by; `similar`: nothing has these words, but this."""

    page: Page[Row[Any]]
    facets: Facets
    similar: bool = False


def catalogue(wanted: Wanted) -> Catalogue:
    """Return what the catalogue shows for `wanted`: two statements, or three for mistyped words."""
    hits = search.find_courses(wanted.text) if wanted.text else None
    facets = _facets(wanted, hits)
    similar = None
    if hits is not None and not facets.total:
        similar = search.find_similar(wanted.text)
        facets = facets if similar is None else _facets(wanted, similar)
    page = _page(wanted, hits if similar is None else similar, facets.total)
    return Catalogue(page, facets, similar=similar is not None and facets.total > 0)


def newest_courses(most: int) -> list[Row[Any]]:
    """Return the cards of the courses published last."""
    statement = _cards(Shape(Sort.NEWEST))
    return list(db.session.execute(statement, {"most": most, "skipped": 0}).all())


def school_size() -> tuple[int, int]:
    """Return how many courses everybody sees, and how many people work in them."""
    courses, people = db.session.execute(_SIZE).one()
    return courses, people


def _page(wanted: Wanted, hits: Hits | None, total: int) -> Page[Row[Any]]:
    page: Page[Row[Any]] = Page([], wanted.page, PAGE_SIZE, total)
    if not total:
        return page
    number = min(wanted.page, page.pages)
    shape = Shape(
        order=wanted.order,
        by_subject=bool(wanted.subjects),
        by_level=bool(wanted.levels),
        hits=hits.courses if hits else None,
    )
    values = {
        **(hits.values if hits else {}),
        "most": PAGE_SIZE,
        "skipped": (number - 1) * PAGE_SIZE,
        "subjects": wanted.subjects,
        "levels": wanted.levels,
    }
    rows = db.session.execute(_cards(shape), values).all()
    return Page(list(rows), number, PAGE_SIZE, total)


@cache
def _cards(shape: Shape) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(*_CARD)
        .join(SeatPool, SeatPool.id == Course.seat_pool_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(*LISTED)
        .limit(bindparam("most"))
        .offset(bindparam("skipped"))
    )
    if shape.by_subject:
        statement = statement.where(Subject.slug.in_(bindparam("subjects", expanding=True)))
    if shape.by_level:
        statement = statement.where(Course.difficulty.in_(bindparam("levels", expanding=True)))
    if shape.hits is not None:
        statement = statement.join(shape.hits, shape.hits.c.course_id == Course.id)
    return statement.order_by(*_order(shape))


def _order(shape: Shape) -> list[ColumnElement[Any]]:
    newest: list[ColumnElement[Any]] = [Course.published_at.desc(), Course.id.desc()]
    if shape.order is Sort.TITLE:
        return [func.lower(Course.title), *newest]
    if shape.order is Sort.SHORTEST:
        return [Course.minutes.asc(), *newest]
    if shape.order is Sort.RELEVANCE and shape.hits is not None:
        return [shape.hits.c.rank.desc(), *newest]
    return newest


def _facets(wanted: Wanted, hits: Hits | None) -> Facets:
    subjects: Counter[tuple[str, str]] = Counter()
    levels: Counter[Difficulty] = Counter()
    total = 0
    rows = db.session.execute(_counts(hits.courses if hits else None), hits.values if hits else {})
    for slug, name, level, number in rows:
        fits_level = not wanted.levels or level in wanted.levels
        fits_subject = not wanted.subjects or slug in wanted.subjects
        if slug is not None:
            subjects[slug, name] += number if fits_level else 0
        levels[level] += number if fits_subject else 0
        total += number if fits_level and fits_subject else 0
    listed = sorted(subjects.items(), key=lambda item: item[0][1].casefold())
    return Facets(
        subjects=tuple((slug, name, number) for (slug, name), number in listed),
        levels=tuple((level, levels[level]) for level in Difficulty),
        total=total,
    )


@cache
def _counts(hits: Subquery | None) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(Subject.slug, Subject.name, Course.difficulty, func.count())
        .select_from(Course)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(*LISTED)
        .group_by(Subject.slug, Subject.name, Course.difficulty)
    )
    if hits is not None:
        statement = statement.join(hits, hits.c.course_id == Course.id)
    return statement
