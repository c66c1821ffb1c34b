"""What becomes of each of many that one decision is about."""

import enum
from dataclasses import dataclass


class Outcome(enum.StrEnum):
    """Done, or why not."""

    SEATED = "seated"
    QUEUED = "queued"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    PAUSED = "paused"
    INVITED = "invited"
    # Every seat is taken, and there is no line.
    FULL = "full"
    # It stands otherwise than the decision supposes: somebody else was first.
    NOT_SO = "not_so"
    # There is no such person, or no such address.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one of them, by the number or address that was given."""

    what: int | str
    outcome: Outcome

    @property
    def is_done(self) -> bool:
        """Tell whether what was decided came about."""
        return self.outcome not in _NOT_DONE


_NOT_DONE = frozenset({Outcome.FULL, Outcome.NOT_SO, Outcome.UNKNOWN})
