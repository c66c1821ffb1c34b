"""The catalogue: which courses are shown to everybody, how many of which kind, and their cards.

Plain columns, not objects: a card needs a dozen values, and a page has 25 of them.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, distinct, func, select

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
    Course.enrollment_type,
    SeatPool.capacity,
    SeatPool.taken,
    Subject.name.label("subject_name"),
)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many courses there are of each subject and level, under what is chosen of the other."""

    subjects: list[tuple[str, str, int]]
    levels: dict[Difficulty, int]
    total: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of cards, and what to narrow it by; `similar`: nothing has these words, but this."""

    page: Page[Row[Any]]
    facets: Facets
    similar: bool = False


def catalogue(wanted: Wanted) -> Catalogue:
    """Return what the catalogue shows for `wanted`: two statements, or three for mistyped words."""
    found = search.find_courses(wanted.text) if wanted.text else None
    facets = _facets(wanted, found)
    similar = None
    if found is not None and not facets.total:
        similar = search.find_similar(wanted.text)
        facets = facets if similar is None else _facets(wanted, similar)
    page = _page(wanted, found if similar is None else similar, facets.total)
    return Catalogue(page, facets, similar=similar is not None and facets.total > 0)


def newest_courses(most: int) -> list[Row[Any]]:
    """Return the cards of the courses published last."""
    return list(db.session.execute(_cards(Wanted(), None).limit(most)).all())


def school_size() -> tuple[int, int]:
    """Return how many courses everybody sees, and how many people work in them."""
    statement = (
        select(func.count(distinct(Course.id)), func.count(distinct(CourseInstructor.user_id)))
        .select_from(Course)
        .outerjoin(CourseInstructor, CourseInstructor.course_id == Course.id)
        .where(*LISTED)
    )
    courses, people = db.session.execute(statement).one()
    return courses, people


def _page(wanted: Wanted, found: Subquery | None, total: int) -> Page[Row[Any]]:
    page: Page[Row[Any]] = Page([], wanted.page, PAGE_SIZE, total)
    number = min(wanted.page, page.pages)
    if not total:
        return page
    statement = _cards(wanted, found).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(list(db.session.execute(statement).all()), number, PAGE_SIZE, total)


def _cards(wanted: Wanted, found: Subquery | None) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(*_CARD)
        .join(SeatPool, SeatPool.id == Course.seat_pool_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(*LISTED)
    )
    if wanted.subjects:
        statement = statement.where(Subject.slug.in_(wanted.subjects))
    if wanted.levels:
        statement = statement.where(Course.difficulty.in_(wanted.levels))
    if found is not None:
        statement = statement.join(found, found.c.course_id == Course.id)
    return statement.order_by(*_order(wanted.order, found))


def _order(sort: Sort, found: Subquery | None) -> list[ColumnElement[Any]]:
    newest: list[ColumnElement[Any]] = [Course.published_at.desc(), Course.id.desc()]
    if sort is Sort.TITLE:
        return [func.lower(Course.title), *newest]
    if sort is Sort.SHORTEST:
        return [Course.minutes.asc(), *newest]
    if sort is Sort.RELEVANCE and found is not None:
        return [found.c.rank.desc(), *newest]
    return newest


def _facets(wanted: Wanted, found: Subquery | None) -> Facets:
    statement = (
        select(Subject.slug, Subject.name, Course.difficulty, func.count())
        .select_from(Course)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(*LISTED)
        .group_by(Subject.slug, Subject.name, Course.difficulty)
    )
    if found is not None:
        statement = statement.join(found, found.c.course_id == Course.id)
    subjects: Counter[tuple[str, str]] = Counter()
    levels: Counter[Difficulty] = Counter()
    total = 0
    for slug, name, level, number in db.session.execute(statement):
        fits_level = not wanted.levels or level in wanted.levels
        fits_subject = not wanted.subjects or slug in wanted.subjects
        if slug is not None:
            subjects[slug, name] += number if fits_level else 0
        levels[level] += number if fits_subject else 0
        total += number if fits_level and fits_subject else 0
    listed = sorted(subjects.items(), key=lambda item: item[0][1].casefold())
    return Facets(
        subjects=[(slug, name, number) for (slug, name), number in listed],
        levels={level: levels[level] for level in Difficulty},
        total=total,
    )
