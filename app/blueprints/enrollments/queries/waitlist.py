"""The line for the seats of a course, as those who teach see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import contains_eager

from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.core.db import db
from app.core.errors import NotFound
from app.core.pagination import PAGE_SIZE, Page

_IS_WAITING = WaitlistEntry.state == WaitlistState.WAITING
_TURN = (WaitlistEntry.priority, WaitlistEntry.ticket)


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, at `place` from 1, or who is offered a seat, at no place."""

    entry: WaitlistEntry
    place: int | None


def list_line(
    course_id: int, number: int, *, state: WaitlistState | None = None, size: int = PAGE_SIZE
) -> Page[InLine]:
    """Return a page of the line: first those who are offered a seat, then who waits, in order."""
    shown = [*_open(course_id), *([WaitlistEntry.state == state] if state else [])]
    total = db.session.execute(select(func.count()).where(*shown)).scalar_one()
    statement = (
        select(WaitlistEntry)
        .join(WaitlistEntry.user)
        .outerjoin(WaitlistEntry.cohort)
        .options(contains_eager(WaitlistEntry.user), contains_eager(WaitlistEntry.cohort))
        .where(*shown)
        .order_by(_IS_WAITING, *_TURN)
        .limit(size)
        .offset((number - 1) * size)
    )
    entries = db.session.execute(statement).scalars().all()
    return Page(_placed(course_id, entries), number, size, total)


def get_in_line(course_id: int, entry_id: int) -> InLine:
    """Return an open entry with its person and place; raises `NotFound`."""
    statement = (
        select(WaitlistEntry)
        .join(WaitlistEntry.user)
        .options(contains_eager(WaitlistEntry.user))
        .where(*_open(course_id), WaitlistEntry.id == entry_id)
    )
    entry = db.session.execute(statement).scalar_one_or_none()
    if entry is None:
        raise NotFound
    [found] = _placed(course_id, [entry])
    return found


def _placed(course_id: int, entries: Sequence[WaitlistEntry]) -> list[InLine]:
    """Give neighbours in the line their places, which the first one's tells."""
    first = next((one for one in entries if one.state is WaitlistState.WAITING), None)
    place = 1
    if first is not None:
        ahead = select(func.count()).where(
            *_open(course_id), _IS_WAITING, tuple_(*_TURN) < (first.priority, first.ticket)
        )
        place += db.session.execute(ahead).scalar_one()
    found = []
    for one in entries:
        waits = one.state is WaitlistState.WAITING
        found.append(InLine(one, place if waits else None))
        place += waits
    return found


def _open(course_id: int) -> tuple[ColumnElement[bool], ...]:
    return WaitlistEntry.course_id == course_id, WaitlistEntry.ended_at.is_(None)
