"""A course on a card, and the words of the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.blueprints.courses.models.kinds import Difficulty
from app.blueprints.courses.rules.catalogue import CourseLength, Sort
from app.blueprints.courses.rules.seats import Seats, SeatState, seats_of
from app.core.errors import Text
from app.core.formats import short_date
from app.core.i18n import gettext, ngettext
from app.core.i18n import lazy_gettext as _l

_LEVELS: dict[Difficulty, Text] = {
    Difficulty.BEGINNER: _l("Beginner"),
    Difficulty.INTERMEDIATE: _l("Intermediate"),
    Difficulty.ADVANCED: _l("Advanced"),
}
_LENGTHS: dict[CourseLength, Text] = {
    CourseLength.SHORT: _l("Under 3 h"),
    CourseLength.MEDIUM: _l("3 to 10 h"),
    CourseLength.LONG: _l("Over 10 h"),
}
_SEATS: dict[SeatState, tuple[Text, str]] = {
    SeatState.EARLY: ("", "warn"),
    SeatState.LATE: (_l("Enrolment closed"), ""),
    SeatState.OPEN: (_l("Open"), "ok"),
    SeatState.FEW_LEFT: ("", "warn"),
    SeatState.FULL: (_l("Full"), "bad"),
    SeatState.WAITLIST: (_l("Full · waitlist"), "bad"),
    SeatState.BY_APPROVAL: (_l("By approval"), ""),
    SeatState.BY_INVITATION: (_l("By invitation"), ""),
}
_SORTS: dict[Sort, Text] = {
    Sort.RELEVANCE: _l("best match"),
    Sort.NEWEST: _l("newest"),
    Sort.TITLE: _l("title"),
    Sort.SHORTEST: _l("shortest"),
}


def level_name(level: Difficulty) -> Text:
    """Return what a level is called."""
    return _LEVELS[level]


def length_name(length: CourseLength) -> Text:
    """Return how long courses of this length are."""
    return _LENGTHS[length]


def sort_name(sort: Sort) -> Text:
    """Return what an order is called."""
    return _SORTS[sort]


@dataclass(frozen=True, slots=True)
class Card:
    """A course as `courses/_course_card.html` shows it; `progress` in percent, if there is any."""

    slug: str
    title: str
    summary: str
    subject_name: str
    level: Difficulty
    minutes: int
    lesson_count: int
    seats: Seats
    progress: int | None = None
    cover: str = ""
    opens_at: datetime | None = None

    @property
    def difficulty(self) -> Text:
        """Return the level in words."""
        return level_name(self.level)

    @property
    def status_label(self) -> Text:
        """Return the state of the seats in words."""
        if self.seats.state is SeatState.EARLY and self.opens_at:
            return gettext("Opens %(date)s", date=short_date(self.opens_at))
        if self.seats.state is SeatState.FEW_LEFT:
            return ngettext("%(num)d seat left", "%(num)d seats left", self.seats.free or 0)
        return _SEATS[self.seats.state][0]

    @property
    def status_kind(self) -> str:
        """Return the kind of badge that the state of the seats is shown as."""
        return _SEATS[self.seats.state][1]


def cards_of(rows: Iterable[Row[Any]]) -> dict[int, Card]:
    """Return the cards of the rows that the catalogue's queries give, by the course."""
    return {
        row.id: Card(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            subject_name=row.subject_name or "",
            level=row.difficulty,
            minutes=row.minutes,
            lesson_count=row.lesson_count,
            seats=_seats_of(row),
            cover=row.cover,
            opens_at=row.enrolment_opens_at,
        )
        for row in rows
    }


def _seats_of(row: Row[Any]) -> Seats:
    if row.is_early or row.is_late:
        return Seats(SeatState.EARLY if row.is_early else SeatState.LATE, None)
    return seats_of(row.enrollment_type, row.capacity, row.taken, has_waitlist=row.has_waitlist)


def with_progress(cards: Mapping[int, Card], progress: Mapping[int, int]) -> list[Card]:
    """Return the cards, those of courses in which somebody is so far with that on them."""
    return [
        replace(card, progress=progress[course]) if course in progress else card
        for course, card in cards.items()
    ]
