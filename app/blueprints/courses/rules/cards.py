"""A course on a card: plain values, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from app.blueprints.courses.models.kinds import Difficulty
from app.blueprints.courses.rules.seats import Seats, SeatState, seats_of
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.i18n import ngettext

LEVELS: dict[Difficulty, Text] = {
    Difficulty.BEGINNER: _l("Beginner"),
    Difficulty.INTERMEDIATE: _l("Intermediate"),
    Difficulty.ADVANCED: _l("Advanced"),
}
_SEATS: dict[SeatState, tuple[Text, str]] = {
    SeatState.OPEN: (_l("Open"), "ok"),
    SeatState.FULL: (_l("Full"), "bad"),
    SeatState.BY_APPROVAL: (_l("By approval"), ""),
    SeatState.BY_INVITATION: (_l("By invitation"), ""),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A course as `courses/_course_card.html` shows it; `progress` in percent, if there is any."""

    slug: str
    title: str
    summary: str
    subject_name: str
    difficulty: Text
    minutes: int
    lesson_count: int
    status_label: Text
    status_kind: str
    progress: int | None


def cards_of(rows: Iterable[Row[Any]], progress: Mapping[int, int]) -> list[Card]:
    """Return the cards of the rows that the catalogue's queries give."""
    return [_card(row, progress.get(row.id)) for row in rows]


def _card(row: Row[Any], percent: int | None) -> Card:
    label, kind = _seats(seats_of(row.enrollment_type, row.capacity, row.taken))
    return Card(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        subject_name=row.subject_name or "",
        difficulty=LEVELS[row.difficulty],
        minutes=row.minutes,
        lesson_count=row.lesson_count,
        status_label=label,
        status_kind=kind,
        progress=percent,
    )


def _seats(seats: Seats) -> tuple[Text, str]:
    if seats.state is SeatState.FEW_LEFT:
        return ngettext("%(num)d seat left", "%(num)d seats left", seats.free or 0), "warn"
    return _SEATS[seats.state]
