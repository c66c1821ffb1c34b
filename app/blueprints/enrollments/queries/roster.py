"""The roster of a course: a page of it, all of it, and whom a decision is about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, func, literal, select
from sqlalchemy.orm import contains_eager

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.rules.roster import RosterFilter, Sort
from app.core.db import db
from app.core.errors import NotFound
from app.core.pagination import LAST_PAGE, PAGE_SIZE, Page, contains
from app.core.registries import panels


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster, with the open place in a line if there is one."""

    enrollment: Enrollment
    person: User
    cohort: str
    seen_at: datetime | None
    line: WaitlistState | None
    offer_ends_at: datetime | None


def roster(course_id: int, wanted: RosterFilter, size: int = PAGE_SIZE) -> Page[RosterRow]:
    """Return a page of the roster, in two statements for any number of people."""
    number = min(max(1, wanted.page), LAST_PAGE)
    found = select(func.count()).select_from(_matching(course_id, wanted).subquery())
    total = db.session.execute(found).scalar_one()
    part = _ordered(_matching(course_id, wanted), wanted)
    part = part.limit(size).offset((number - 1) * size)
    return Page(_rows(part, wanted), number, size, total)


def roster_parts(
    course_id: int, wanted: RosterFilter, size: int = 500
) -> Iterator[list[RosterRow]]:
    """Give all of the roster that is asked for, in parts, in the order of enrolment."""
    last = 0
    while True:
        part = _matching(course_id, wanted).where(Enrollment.id > last)
        rows = _rows(part.order_by(Enrollment.id).limit(size), None)
        if not rows:
            return
        yield rows
        last = rows[-1].enrollment.id


def matching_ids(course_id: int, wanted: RosterFilter, most: int) -> list[int]:
    """Return the enrolments that a filter shows, at most so many, first those that came first."""
    statement = (
        _matching(course_id, wanted)
        .order_by(Enrollment.ticket.nulls_last(), Enrollment.id)
        .limit(most)
    )
    return list(db.session.execute(statement).scalars())


def named(course_id: int, enrollment_ids: Collection[int]) -> list[Row[Enrollment, User]]:
    """Return those of the enrolments that are of this course, those that came first first."""
    statement = (
        select(Enrollment, User)
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.course_id == course_id, Enrollment.id.in_(enrollment_ids))
        .order_by(Enrollment.ticket.nulls_last(), Enrollment.id)
    )
    return list(db.session.execute(statement).all())


def get_of_course(course_id: int, enrollment_id: int) -> Enrollment:
    """Return an enrolment with its person and cohort; raises `NotFound` for another course's."""
    statement = (
        select(Enrollment)
        .join(Enrollment.user)
        .outerjoin(Enrollment.cohort)
        .options(contains_eager(Enrollment.user), contains_eager(Enrollment.cohort))
        .where(Enrollment.id == enrollment_id, Enrollment.course_id == course_id)
    )
    found = db.session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def _matching(course_id: int, wanted: RosterFilter) -> Select[int]:
    statement = select(Enrollment.id).where(Enrollment.course_id == course_id)
    if wanted.status:
        statement = statement.where(Enrollment.status == wanted.status)
    if wanted.cohort_id is not None:
        statement = statement.where(
            Enrollment.cohort_id.is_not_distinct_from(wanted.cohort_id or None)
        )
    if wanted.search:
        of = contains(wanted.search, User.display_name, User.email)
        statement = statement.join(User, User.id == Enrollment.user_id).where(of)
    return statement


def _ordered(statement: Select[int], wanted: RosterFilter) -> Select[int]:
    by = _order(wanted)
    if wanted.sort is Sort.NAME and not wanted.search:
        statement = statement.join(User, User.id == Enrollment.user_id)
    return statement.order_by(*by)


def _order(wanted: RosterFilter) -> Sequence[Any]:
    """Return what the roster is ordered by; whoever has no such thing comes last."""
    columns: dict[Sort, Any] = {
        Sort.NAME: func.lower(User.display_name),
        Sort.SINCE: Enrollment.enrolled_at,
        Sort.SEEN: _seen_at(),
        Sort.PROGRESS: _progress(),
    }
    column = columns[wanted.sort]
    first = column.desc() if wanted.is_descending else column.asc()
    return first.nulls_last(), Enrollment.id


def _progress() -> ColumnElement[Any]:
    """Return how far an enrolment is, as the floor above knows it."""
    known: list[ColumnElement[Any]] = panels.call("enrollments.percent")
    return known[0] if known else literal(None)


def _seen_at() -> ScalarSelect[datetime]:
    seen = select(func.max(UserSession.last_seen_at)).where(
        UserSession.user_id == Enrollment.user_id
    )
    return seen.correlate(Enrollment).scalar_subquery()


def _rows(ids: Select[int], wanted: RosterFilter | None) -> list[RosterRow]:
    part = ids.subquery()
    statement = (
        select(
            Enrollment,
            User,
            Cohort.name,
            _seen_at(),
            WaitlistEntry.state,
            WaitlistEntry.offer_ends_at,
        )
        .join(part, part.c.id == Enrollment.id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Cohort, Cohort.id == Enrollment.cohort_id)
        .outerjoin(
            WaitlistEntry,
            and_(
                WaitlistEntry.course_id == Enrollment.course_id,
                WaitlistEntry.user_id == Enrollment.user_id,
                WaitlistEntry.ended_at.is_(None),
            ),
        )
        .order_by(*(_order(wanted) if wanted else (Enrollment.id,)))
    )
    found = db.session.execute(statement)
    return [
        RosterRow(one, who, cohort or "", seen, line, ends)
        for one, who, cohort, seen, line, ends in found
    ]
