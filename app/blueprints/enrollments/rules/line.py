"""Moving somebody within a line whose order is the priority (lower first), then the ticket."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """What decides where an entry stands."""

    entry_id: int
    priority: int
    ticket: int


def priorities(line: Sequence[Place], entry_id: int, place: int) -> dict[int, int]:
    """Return the new priorities that put the entry at `place` (from 1) of the ordered line.

    Those who stand before that place keep their order and come before the entry, all of them
    with priorities under everybody else's: whoever joins later comes after them as before.
    """
    others = [one for one in line if one.entry_id != entry_id]
    at = min(max(place, 1), len(line)) - 1
    ahead, behind = others[:at], others[at:]
    first_behind = min([0, *(one.priority for one in behind)])
    front = [*(one.entry_id for one in ahead), entry_id]
    return {one: first_behind - len(front) + n for n, one in enumerate(front)}
