"""When the modules of a course open, unless a lesson says otherwise itself."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_DAYS = 365


class PacingMode(enum.StrEnum):
    """What the days are counted from."""

    SELF_PACED = "self_paced"
    BY_DATE = "by_date"
    SINCE_ENROLMENT = "since_enrolment"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Pacing:
    """One module opens after another: the first on a date or at enrolment, then every so often.

    `starts_on` goes with dates and weeks, `every_days` with dates and enrolments.
    """

    mode: PacingMode = PacingMode.SELF_PACED
    starts_on: date | None = None
    every_days: int = 7

    @property
    def missing(self) -> str:
        """Return the name of the field that this way needs and that is not there, or ""."""
        dated = self.mode in (PacingMode.BY_DATE, PacingMode.WEEKLY)
        if dated and self.starts_on is None:
            return "starts_on"
        return "" if 1 <= self.every_days <= MOST_DAYS else "every_days"

    def minutes_a_week(self, minutes: int, parts: int) -> int | None:
        """Return how long a week asks for, or None where everybody takes the time they like."""
        if self.mode is PacingMode.SELF_PACED or not parts:
            return None
        days = 7 if self.mode is PacingMode.WEEKLY else self.every_days
        return round(minutes / max(1, parts * days / 7))

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored; what does not matter in this way is left out."""
        stored: dict[str, Any] = {"mode": str(self.mode)}
        if self.mode in (PacingMode.BY_DATE, PacingMode.WEEKLY) and self.starts_on:
            stored["starts_on"] = self.starts_on.isoformat()
        if self.mode in (PacingMode.BY_DATE, PacingMode.SINCE_ENROLMENT):
            stored["every_days"] = self.every_days
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Pacing":
        """Read what is stored; nothing means that everything is open at once."""
        starts_on = stored.get("starts_on")
        return cls(
            PacingMode(stored.get("mode", PacingMode.SELF_PACED)),
            date.fromisoformat(starts_on) if starts_on else None,
            stored.get("every_days", 7),
        )
