"""The catalogue: which courses are shown to everybody, how many of which kind, and their cards.

Plain columns, not objects: a card needs a dozen values, and a page has 25 of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select

from app.blueprints.courses import search
from app.blueprints.courses.models import Course, SeatPool, Subject
from app.blueprints.courses.queries.facets import LISTED as LISTED
from app.blueprints.courses.queries.facets import Shape, facets, values_of
from app.blueprints.courses.queries.stamps import CatalogueState, catalogue_stamp
from app.blueprints.courses.rules.cards import Card, cards_of
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.blueprints.courses.rules.facets import Facets
from app.blueprints.courses.search import Hits
from app.core import clock
from app.core.db import db
from app.core.pagination import PAGE_SIZE, Page
from app.core.shelf import Shelf, digest

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
    Course.has_waitlist,
    Course.enrolment_opens_at,
    (Course.enrolment_opens_at > clock.db_time()).label("is_early"),
    (Course.enrolment_closes_at <= clock.db_time()).label("is_late"),
    SeatPool.capacity,
    SeatPool.taken,
    Subject.name.label("subject_name"),
)


# What is shown is the same for everybody, so it is read once for each state of the courses.
_READ: Shelf["Catalogue"] = Shelf(most=256)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of cards, and what to narrow it by; `similar`: nothing has these words, but this."""

    page: Page[Row[Any]]
    cards: Mapping[int, Card]
    facets: Facets
    similar: bool = False


def catalogue_in(state: CatalogueState, wanted: Wanted) -> Catalogue:
    """Return what the catalogue shows for `wanted` in that state, which is its state now.

    On PostgreSQL each statement sees what is committed by then, so a state that has gone by
    while the cards were read is not what they are kept under.
    """
    return _READ.fetch(
        (digest(state.stamp), wanted),
        lambda: catalogue(wanted),
        still=lambda: catalogue_stamp() == state.stamp,
    )


def catalogue(wanted: Wanted) -> Catalogue:
    """Return what the catalogue shows for `wanted`: two statements, or three for mistyped words."""
    hits = search.find_courses(wanted.text) if wanted.text else None
    counted = facets(wanted, hits)
    similar = None
    if hits is not None and not counted.total:
        similar = search.find_similar(wanted.text)
        counted = counted if similar is None else facets(wanted, similar)
    page = _page(wanted, hits if similar is None else similar, counted.total)
    cards = cards_of(page.items)
    return Catalogue(page, cards, counted, similar=similar is not None and counted.total > 0)


def newest_courses(most: int) -> list[Row[Any]]:
    """Return the cards of the courses published last."""
    statement = _cards(Shape(), Sort.NEWEST)
    return list(db.session.execute(statement, {"most": most, "skipped": 0}).all())


def _page(wanted: Wanted, hits: Hits | None, total: int) -> Page[Row[Any]]:
    page: Page[Row[Any]] = Page([], wanted.page, PAGE_SIZE, total)
    if not total:
        return page
    number = min(wanted.page, page.pages)
    shape = Shape(wanted.facets, hits.courses if hits else None)
    values = {"most": PAGE_SIZE, "skipped": (number - 1) * PAGE_SIZE, **values_of(wanted, hits)}
    rows = db.session.execute(_cards(shape, wanted.order), values).all()
    return Page(list(rows), number, PAGE_SIZE, total)


@cache
def _cards(shape: Shape, order: Sort) -> Select[*tuple[Any, ...]]:
    statement = shape.narrow(select(*_CARD))
    limited = statement.limit(bindparam("most")).offset(bindparam("skipped"))
    return limited.order_by(*_order(shape, order))


def _order(shape: Shape, order: Sort) -> list[ColumnElement[Any]]:
    newest: list[ColumnElement[Any]] = [Course.published_at.desc(), Course.id.desc()]
    if order is Sort.TITLE:
        return [func.lower(Course.title), *newest]
    if order is Sort.SHORTEST:
        return [Course.minutes.asc(), *newest]
    if order is Sort.RELEVANCE and shape.hits is not None:
        return [shape.hits.c.rank.desc(), *newest]
    return newest
