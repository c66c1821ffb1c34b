"""Whom a roster's filter finds: statements that are put together once for each kind of filter.

People stand in a roster by their enrolment, or only by an open place in the course's line. They
are looked for apart, since neither the database nor anybody else then has to leave doubles out.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus, WaitlistEntry
from app.blueprints.enrollments.rules.roster import RosterFilter, Sort, Standing
from app.core.pagination import like, pattern
from app.core.registries import panels

COURSE_ID: BindParameter[int] = bindparam("course_id")
# Who waits belongs where they wait for, wherever they sat before.
COHORT_ID = case(
    (WaitlistEntry.id.is_not(None), WaitlistEntry.cohort_id), else_=Enrollment.cohort_id
)
SINCE = func.coalesce(Enrollment.enrolled_at, WaitlistEntry.joined_at)
SEEN_AT = (
    select(func.max(UserSession.last_seen_at))
    .where(UserSession.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
# Put beside each `User`: their enrolment in the course, and their open place in its line.
IS_THEIRS = and_(Enrollment.user_id == User.id, Enrollment.course_id == COURSE_ID)
IS_THEIR_PLACE = and_(
    WaitlistEntry.user_id == User.id,
    WaitlistEntry.course_id == COURSE_ID,
    WaitlistEntry.ended_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a filter looks at; what it looks for is sent with the statement (`values_of`)."""

    status: Standing | None
    by_cohort: bool
    by_words: bool

    @property
    def narrows(self) -> bool:
        """Tell whether anybody may be left out."""
        return self.status is not None or self.by_cohort or self.by_words


def shape_of(wanted: RosterFilter) -> Shape:
    """Return what `wanted` looks at."""
    return Shape(wanted.status, wanted.cohort_id is not None, bool(wanted.search))


def values_of(course_id: int, wanted: RosterFilter) -> dict[str, Any]:
    """Return what the statements of the shape of `wanted` ask for."""
    values: dict[str, Any] = {"course_id": course_id}
    if wanted.cohort_id is not None:
        values["cohort_id"] = wanted.cohort_id or None
    if wanted.search:
        values["words"] = pattern(wanted.search)
    return values


@cache
def enrolled(shape: Shape) -> Select[int]:
    """Return the accounts of those who fit by their enrolment, whatever has become of it."""
    statement = (
        select(User.id.label("id"))
        .select_from(Enrollment)
        .join(User, IS_THEIRS)
        .outerjoin(WaitlistEntry, IS_THEIR_PLACE)
    )
    return _fitting(statement, shape)


@cache
def counted(shape: Shape) -> Select[int, int, int]:
    """Return how many fit by their enrolment, how many only by their place in the line.

    And, for `rules.roster.goes_by_accounts`, how many accounts there may be.
    """
    all_enrolled = select(func.count()).where(Enrollment.course_id == COURSE_ID)
    fit = enrolled(shape).with_only_columns(func.count()) if shape.narrows else all_enrolled
    in_line = _only_in_line(shape).with_only_columns(func.count())
    accounts = select(func.coalesce(func.max(User.id), 0))
    return select(*(one.scalar_subquery() for one in (fit, in_line, accounts)))


@cache
def page(shape: Shape, sort: Sort, is_descending: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Return (account, what it is ordered by) of `most` who fit, after the first `skipped`.

    Whoever has nothing to be ordered by comes last.
    """
    columns: dict[Sort, ColumnElement[Any]] = {
        Sort.NAME: func.lower(User.display_name),
        Sort.SINCE: SINCE,
        Sort.SEEN: SEEN_AT,
        Sort.PROGRESS: _progress(),
    }
    both = _both(shape, columns[sort])
    place = both.selected_columns.place
    first = place.desc() if is_descending else place.asc()
    ordered = both.order_by(first.nulls_last(), both.selected_columns.id)
    return ordered.limit(bindparam("most")).offset(bindparam("skipped"))


@cache
def page_by_accounts(is_descending: bool) -> Select[int, str]:
    """Return the `page` of everybody by name, for which all accounts are gone through in order."""
    name = func.lower(User.display_name)
    first = name.desc() if is_descending else name.asc()
    is_here = or_(exists().where(IS_THEIRS), exists().where(IS_THEIR_PLACE))
    statement = select(User.id.label("id"), name.label("place")).where(is_here)
    ordered = statement.order_by(first, User.id)
    return ordered.limit(bindparam("most")).offset(bindparam("skipped"))


@cache
def part(shape: Shape) -> CompoundSelect[*tuple[Any, ...]]:
    """Return (account, account) of the next `most` who fit, after the account `last`."""
    both = _both(shape, User.id, User.id > bindparam("last"))
    return both.order_by(both.selected_columns.id).limit(bindparam("most"))


def _both(
    shape: Shape, place: Any, *which: ColumnElement[bool]
) -> CompoundSelect[*tuple[Any, ...]]:
    found = (enrolled(shape), _only_in_line(shape))
    return union_all(*(one.add_columns(place.label("place")).where(*which) for one in found))


def _only_in_line(shape: Shape) -> Select[int]:
    statement = (
        select(User.id.label("id"))
        .select_from(WaitlistEntry)
        .join(User, IS_THEIR_PLACE)
        .outerjoin(Enrollment, IS_THEIRS)
        .where(Enrollment.id.is_(None))
    )
    return _fitting(statement, shape)


def _fitting(statement: Select[int], shape: Shape) -> Select[int]:
    if isinstance(shape.status, EnrollmentStatus):
        statement = statement.where(Enrollment.status == shape.status)
    elif shape.status:
        statement = statement.where(WaitlistEntry.state == shape.status)
    if shape.status is EnrollmentStatus.PENDING:  # and not let in already, to wait in line
        statement = statement.where(Enrollment.admitted_at.is_(None))
    if shape.by_cohort:
        statement = statement.where(COHORT_ID.is_not_distinct_from(bindparam("cohort_id")))
    if shape.by_words:
        words: BindParameter[str] = bindparam("words")
        statement = statement.where(like(words, User.display_name, User.email))
    return statement


def _progress() -> ColumnElement[Any]:
    """Return how far an enrolment is, as the floor above knows it."""
    known: list[ColumnElement[Any]] = panels.call("enrollments.percent")
    return known[0] if known else literal(None)
