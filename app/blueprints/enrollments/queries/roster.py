"""The roster of a course: a page of it, all of it, and whom a decision is about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import CompoundSelect, Row, Select, func, select, tuple_
from sqlalchemy.orm import contains_eager

from app.blueprints.accounts.models import User
from app.blueprints.enrollments.models import Cohort, Enrollment, WaitlistEntry, WaitlistState
from app.blueprints.enrollments.queries import fitting
from app.blueprints.enrollments.queries.fitting import (
    COHORT_ID,
    IS_THEIR_PLACE,
    IS_THEIRS,
    SEEN_AT,
    SINCE,
    shape_of,
    values_of,
)
from app.blueprints.enrollments.rules.roster import RosterFilter, goes_by_accounts
from app.core.db import db, read
from app.core.errors import NotFound
from app.core.pagination import LAST_PAGE, PAGE_SIZE, Page

# Whose turn it is: by the ticket of their request, then by their enrolment.
Turn = tuple[int, int]
Found: TypeAlias = CompoundSelect[*tuple[Any, ...]] | Select[*tuple[Any, ...]]
FIRST: Turn = (0, 0)
# Nobody's ticket is as high: those without one come last.
_TICKET = func.coalesce(Enrollment.ticket, 999_999_999)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster: somebody's enrolment, their open place in the line, or both."""

    person: User
    enrollment: Enrollment | None
    entry: WaitlistEntry | None
    cohort: str
    since: datetime
    seen_at: datetime | None

    @property
    def line(self) -> WaitlistState | None:
        """Return how far they have come in the line, where they are in it."""
        return self.entry.state if self.entry else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Enrolments to decide about, the turn of the last of them, and how many come after it."""

    ids: tuple[int, ...]
    last: Turn
    rest: int


@dataclass(frozen=True, slots=True)
class RosterPage(Page[RosterRow]):
    """A page of a roster; `enrolled` of all its people have an enrolment to decide about."""

    enrolled: int


def roster(course_id: int, wanted: RosterFilter, size: int = PAGE_SIZE) -> RosterPage:
    """Return a page of the roster, in two statements for any number of people."""
    number = min(max(1, wanted.page), LAST_PAGE)
    shape, values = shape_of(wanted), values_of(course_id, wanted)
    enrolled, in_line, accounts = read(fitting.counted(shape), values).one()
    total = enrolled + in_line
    found: Found = fitting.page(shape, wanted.sort, wanted.is_descending)
    if goes_by_accounts(wanted, number * size, people=total, accounts=accounts):
        found = fitting.page_by_accounts(wanted.is_descending)
    values |= {"most": size, "skipped": (number - 1) * size}
    rows = _read(_rows(found, wanted.is_descending), values)
    return RosterPage(rows, number, size, total, enrolled)


def roster_parts(
    course_id: int, wanted: RosterFilter, size: int = 500
) -> Iterator[list[RosterRow]]:
    """Give all of the roster that is asked for, in parts, in the order of the accounts."""
    statement = _rows(fitting.part(shape_of(wanted)), is_descending=False)
    values = {**values_of(course_id, wanted), "most": size, "last": 0}
    while True:
        rows = _read(statement, values)
        if not rows:
            return
        yield rows
        values["last"] = rows[-1].person.id


def choose(course_id: int, wanted: RosterFilter, most: int, after: Turn = FIRST) -> Chosen:
    """Return the enrolments that a filter shows, at most so many, who came first being the first.

    `after`: those who come after that turn, which is no row's number: what is decided about
    people may take them out of what the filter shows.
    """
    statement = (
        fitting.enrolled(shape_of(wanted))
        .with_only_columns(Enrollment.id, _TICKET, func.count().over())
        .where(tuple_(_TICKET, Enrollment.id) > tuple_(*after))
        .order_by(_TICKET, Enrollment.id)
        .limit(most)
    )
    rows = db.session.execute(statement, values_of(course_id, wanted)).all()
    if not rows:
        return Chosen((), after, 0)
    last, ticket, total = rows[-1]
    return Chosen(tuple(one for one, _ticket, _total in rows), (ticket, last), total - len(rows))


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


@cache
def _rows(found: Found, is_descending: bool) -> Select[*tuple[Any, ...]]:
    """Return what a roster shows of those who are `found`, in their order."""
    part = found.subquery()
    place = part.c.place.desc() if is_descending else part.c.place.asc()
    return (
        select(User, Enrollment, WaitlistEntry, Cohort.name, SINCE, SEEN_AT)
        .select_from(User)
        .join(part, part.c.id == User.id)
        .outerjoin(Enrollment, IS_THEIRS)
        .outerjoin(WaitlistEntry, IS_THEIR_PLACE)
        .outerjoin(Cohort, Cohort.id == COHORT_ID)
        .order_by(place.nulls_last(), User.id)
    )


def _read(statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> list[RosterRow]:
    return [
        RosterRow(who, one, entry, cohort or "", since, seen)
        for who, one, entry, cohort, since, seen in db.session.execute(statement, values)
    ]
