"""The roster of a course: a page of it, all of it, and whom a decision is about."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import contains_eager

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    EnrollmentStatus,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.rules.roster import RosterFilter, Sort
from app.core.db import db
from app.core.errors import NotFound
from app.core.pagination import LAST_PAGE, PAGE_SIZE, Page, contains
from app.core.registries import panels

# Whose turn it is: by the ticket of their request, then by their enrolment.
Turn = tuple[int, int]
FIRST: Turn = (0, 0)
# Nobody's ticket is as high: those without one come last.
_TICKET = func.coalesce(Enrollment.ticket, 999_999_999)
_COHORT_ID = func.coalesce(Enrollment.cohort_id, WaitlistEntry.cohort_id)
_SINCE = func.coalesce(Enrollment.enrolled_at, WaitlistEntry.joined_at)


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
    found = _matching(course_id, wanted).with_only_columns(func.count(), func.count(Enrollment.id))
    total, enrolled = db.session.execute(found).one()
    part = _matching(course_id, wanted).order_by(*_order(wanted))
    rows = _rows(course_id, part.limit(size).offset((number - 1) * size), _order(wanted))
    return RosterPage(rows, number, size, total, enrolled)


def roster_parts(
    course_id: int, wanted: RosterFilter, size: int = 500
) -> Iterator[list[RosterRow]]:
    """Give all of the roster that is asked for, in parts, in the order of the accounts."""
    last = 0
    while True:
        part = _matching(course_id, wanted).where(User.id > last).order_by(User.id).limit(size)
        rows = _rows(course_id, part, (User.id,))
        if not rows:
            return
        yield rows
        last = rows[-1].person.id


def choose(course_id: int, wanted: RosterFilter, most: int, after: Turn = FIRST) -> Chosen:
    """Return the enrolments that a filter shows, at most so many, who came first being the first.

    `after`: those who come after that turn, which is no row's number: what is decided about
    people may take them out of what the filter shows.
    """
    statement = (
        _matching(course_id, wanted)
        .with_only_columns(Enrollment.id, _TICKET, func.count().over())
        .where(Enrollment.id.is_not(None), tuple_(_TICKET, Enrollment.id) > tuple_(*after))
        .order_by(_TICKET, Enrollment.id)
        .limit(most)
    )
    rows = db.session.execute(statement).all()
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


def _matching(course_id: int, wanted: RosterFilter) -> Select[int]:
    """Return the people who have to do with the course, each with how they stand there."""
    statement = _standing(course_id, select(User.id)).where(User.id.in_(_people(course_id)))
    if isinstance(wanted.status, WaitlistState):
        statement = statement.where(WaitlistEntry.state == wanted.status)
    elif wanted.status:
        statement = statement.where(Enrollment.status == wanted.status)
    if wanted.status is EnrollmentStatus.PENDING:  # and not let in already, to wait in line
        statement = statement.where(Enrollment.admitted_at.is_(None))
    if wanted.cohort_id is not None:
        statement = statement.where(_COHORT_ID.is_not_distinct_from(wanted.cohort_id or None))
    if wanted.search:
        statement = statement.where(contains(wanted.search, User.display_name, User.email))
    return statement


def _people(course_id: int) -> CompoundSelect[int]:
    enrolled = select(Enrollment.user_id).where(Enrollment.course_id == course_id)
    in_line = select(WaitlistEntry.user_id).where(
        WaitlistEntry.course_id == course_id, WaitlistEntry.ended_at.is_(None)
    )
    return union(enrolled, in_line)


def _standing(course_id: int, statement: Select[*tuple[Any, ...]]) -> Select[Any]:
    """Put beside each `User` their enrolment in the course and their open place in its line."""
    return statement.outerjoin(
        Enrollment, and_(Enrollment.user_id == User.id, Enrollment.course_id == course_id)
    ).outerjoin(
        WaitlistEntry,
        and_(
            WaitlistEntry.user_id == User.id,
            WaitlistEntry.course_id == course_id,
            WaitlistEntry.ended_at.is_(None),
        ),
    )


def _order(wanted: RosterFilter) -> Sequence[Any]:
    """Return what the roster is ordered by; whoever has no such thing comes last."""
    columns: dict[Sort, Any] = {
        Sort.NAME: func.lower(User.display_name),
        Sort.SINCE: _SINCE,
        Sort.SEEN: _seen_at(),
        Sort.PROGRESS: _progress(),
    }
    column = columns[wanted.sort]
    first = column.desc() if wanted.is_descending else column.asc()
    return first.nulls_last(), User.id


def _progress() -> ColumnElement[Any]:
    """Return how far an enrolment is, as the floor above knows it."""
    known: list[ColumnElement[Any]] = panels.call("enrollments.percent")
    return known[0] if known else literal(None)


def _seen_at() -> ScalarSelect[datetime]:
    seen = select(func.max(UserSession.last_seen_at)).where(UserSession.user_id == User.id)
    return seen.correlate(User).scalar_subquery()


def _rows(course_id: int, ids: Select[int], order: Sequence[Any]) -> list[RosterRow]:
    part = ids.subquery()
    columns = select(User, Enrollment, WaitlistEntry, Cohort.name, _SINCE, _seen_at())
    statement = (
        _standing(course_id, columns.select_from(User).join(part, part.c.id == User.id))
        .outerjoin(Cohort, Cohort.id == _COHORT_ID)
        .order_by(*order)
    )
    return [
        RosterRow(who, one, entry, cohort or "", since, seen)
        for who, one, entry, cohort, since, seen in db.session.execute(statement)
    ]
