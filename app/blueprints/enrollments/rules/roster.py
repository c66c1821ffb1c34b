"""How a roster is narrowed and ordered, and which decisions fit whom."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.blueprints.enrollments.models import EnrollmentStatus, WaitlistState

S = EnrollmentStatus
Standing = EnrollmentStatus | WaitlistState
# How those who stand in the line can be found in a roster.
IN_LINE = (WaitlistState.OFFERED, WaitlistState.WAITING)


class Sort(enum.StrEnum):
    """What a roster is ordered by."""

    NAME = "name"
    SINCE = "since"
    PROGRESS = "progress"
    SEEN = "seen"


class Decision(enum.StrEnum):
    """What those who teach decide about people of a course."""

    APPROVE = "approve"
    REJECT = "reject"
    COHORT = "cohort"
    PAUSE = "pause"
    READMIT = "readmit"
    WITHDRAW = "withdraw"


# Without a word about why, nobody is refused a place or loses one.
NEEDS_REASON = frozenset({Decision.REJECT, Decision.WITHDRAW, Decision.PAUSE})
FITTING: Mapping[Standing, tuple[Decision, ...]] = {
    S.PENDING: (Decision.APPROVE, Decision.REJECT),
    S.ENROLLED: (Decision.COHORT, Decision.PAUSE, Decision.WITHDRAW),
    S.COMPLETED: (Decision.COHORT,),
    S.PAUSED: (Decision.READMIT, Decision.COHORT, Decision.WITHDRAW),
    S.WITHDRAWN: (Decision.READMIT,),
    S.REJECTED: (Decision.READMIT,),
}


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What of a roster is asked for; cohort 0: those who are in none."""

    search: str = ""
    status: Standing | None = None
    cohort_id: int | None = None
    sort: Sort = Sort.NAME
    is_descending: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Tell whether anybody may be left out."""
        return bool(self.search or self.status) or self.cohort_id is not None

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return the part of an address that says this with `changes`, without what is usual."""
        one = replace(self, **{"page": 1, **changes})
        said = {
            "q": one.search,
            "status": one.status.value if one.status else "",
            "cohort": "" if one.cohort_id is None else str(one.cohort_id),
            "sort": ("-" if one.is_descending else "") + one.sort.value,
            "page": str(one.page),
        }
        usual = {"sort": Sort.NAME.value, "page": "1"}
        return {name: value for name, value in said.items() if value and value != usual.get(name)}

    def sorted_by(self, sort: Sort) -> "RosterFilter":
        """Return this ordered by `sort`; the other way round where it is already."""
        return replace(
            self, sort=sort, is_descending=self.sort is sort and not self.is_descending, page=1
        )


def goes_by_accounts(wanted: RosterFilter, end: int, *, people: int, accounts: int) -> bool:
    """Tell whether the first `end` names are found by going through the accounts by name.

    It takes about `end * accounts / people` looks, where to order all people of the course takes
    a few for each of them; what somebody looks for in particular may be anywhere.
    """
    by_name = wanted.sort is Sort.NAME and not wanted.narrows
    return by_name and end * accounts * 4 < people * people


def decisions_for(status: EnrollmentStatus, *, is_admitted: bool) -> tuple[Decision, ...]:
    """Return what may be decided about one who stands so; who waits in line is decided there."""
    if status is S.PENDING and is_admitted:
        return (Decision.WITHDRAW,)
    return FITTING[status]


def decisions_among(standings: Iterable[Standing]) -> list[Decision]:
    """Return what fits anybody who stands so, in the order of the decisions."""
    fitting = {one for standing in standings for one in FITTING.get(standing, ())}
    return [one for one in Decision if one in fitting]
