"""Who gets a seat, who goes into the line, and who is offered a seat that came free."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class Admission(enum.Enum):
    """What comes of asking for a seat."""

    SEAT = "seat"
    LINE = "line"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits: for a seat of the course, or with a cohort for one of the course and it."""

    entry_id: int
    cohort_id: int | None = None


def least(*free: int | None) -> int | None:
    """Return how many seats are free in all pools at once; None: without a limit."""
    limits = [one for one in free if one is not None]
    return min(limits) if limits else None


def admit(*, free: int | None, waiting: bool, has_waitlist: bool) -> Admission:
    """Decide about one more person; while anyone waits for them, free seats are theirs."""
    if not waiting and (free is None or free > 0):
        return Admission.SEAT
    return Admission.LINE if has_waitlist else Admission.FULL


def next_in_line(
    line: Iterable[Waiting], *, free: int | None, free_in: Mapping[int, int | None]
) -> list[int]:
    """Return the entries that are offered a seat now, in order.

    `free` and `free_in` count the free seats of the course and of its cohorts. One whose cohort
    is full is passed by, for nobody is served by an empty seat.
    """
    left, left_in = free, dict(free_in)
    chosen: list[int] = []
    for one in line:
        if left == 0:
            break
        own = left_in[one.cohort_id] if one.cohort_id else None
        if own == 0:
            continue
        chosen.append(one.entry_id)
        left = None if left is None else left - 1
        if one.cohort_id:
            left_in[one.cohort_id] = None if own is None else own - 1
    return chosen
