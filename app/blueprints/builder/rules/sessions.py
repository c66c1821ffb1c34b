"""Runs of authoring: how long one lasts, when somebody counts as here, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.blueprints.builder.rules.steps import TOTAL, Step

IDLE = timedelta(hours=12)
# A page says every ten seconds that it is still there, so this is two that were missed.
HERE = timedelta(seconds=25)
# What comes sooner than this after the last, from the same place, says nothing new.
SELDOM = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the builder: a step and, on the board, maybe a lesson and a block."""

    step: int
    lesson: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the whole version found, when it was at `revision`; progress in percent."""

    revision: int
    problems: int
    progress: int


def is_news(place: Place, before: Place, last_seen: datetime, now: datetime) -> bool:
    """Tell whether it is worth a write that somebody is in `place`."""
    return place != before or now - last_seen >= SELDOM


def is_over(expires_at: datetime, now: datetime) -> bool:
    """Tell whether a run that would last until `expires_at` is over."""
    return expires_at <= now


def is_here(last_seen: datetime, now: datetime) -> bool:
    """Tell whether somebody who was last seen then is still here."""
    return now - last_seen < HERE


def progress(steps: Sequence[Step]) -> int:
    """Return how far the steps are done, in percent."""
    return 100 * sum(step.is_done for step in steps) // TOTAL
