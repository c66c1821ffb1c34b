"""Seats, the line and its offers as simple lists: what the services have to agree with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

OFFER_HOURS = timedelta(hours=48)
MEMBERS = ("enrolled", "completed")


class Refused(Exception):
    """The rules allow it not; nothing has changed."""


@dataclass
class Model:
    """One course and its people, by their numbers; `line` holds [rank, ticket] of each who waits.

    A lower rank comes first; everybody begins with 0.
    """

    now: datetime
    capacity: int | None
    by_approval: bool
    status: dict[int, str] = field(default_factory=dict)
    admitted: set[int] = field(default_factory=set)
    requests: dict[int, int] = field(default_factory=dict)
    line: dict[int, list[int]] = field(default_factory=dict)
    offers: dict[int, datetime] = field(default_factory=dict)
    tickets: int = 0
    notices: list[int] = field(default_factory=list)

    def in_order(self) -> list[int]:
        """Who waits, in order."""
        return sorted(self.line, key=lambda who: self.line[who])

    @property
    def seated(self) -> int:
        """How many sit."""
        return sum(status in MEMBERS for status in self.status.values())

    @property
    def taken(self) -> int:
        """How many seats are sat on or held."""
        return self.seated + len(self.offers)

    def settle(self) -> None:
        """What time has decided, and then whoever is next."""
        for who in [one for one, ends_at in self.offers.items() if ends_at <= self.now]:
            self._out_of_line(who)
        self.promote()

    def promote(self) -> None:
        """Hold every free seat for the first in line."""
        while self.line and (self.capacity is None or self.taken < self.capacity):
            first = self.in_order()[0]
            del self.line[first]
            self.offers[first] = self.now + OFFER_HOURS
            self.notices.append(first)

    def ask(self, who: int) -> None:
        """Press the button: a seat, a place in line, or neither."""
        self.settle()
        if self.status.get(who) in MEMBERS or who in self.line:
            return
        if self.by_approval and who not in self.admitted:
            raise Refused
        self._seat_or_line(who)

    def request(self, who: int) -> None:
        """Ask to be let in."""
        self.settle()
        if self.status.get(who) in (*MEMBERS, "pending"):
            return
        if not self.by_approval or who in self.admitted:
            raise Refused
        self.requests[who] = self._ticket()
        self.status[who] = "pending"

    def approve(self, people: list[int]) -> None:
        """Let these in, in the order in which they asked."""
        self.settle()
        asked = [one for one in people if self._waits_for_answer(one)]
        for who in sorted(asked, key=lambda one: self.requests[one]):
            self._seat_or_line(who)
            self.admitted.add(who)

    def reject(self, who: int) -> None:
        """Let this one not in."""
        self.settle()
        if self._waits_for_answer(who):
            self.status[who] = "rejected"

    def withdraw(self, who: int) -> None:
        """Leave the course."""
        self.settle()
        if self.status.get(who) in (None, "completed", "rejected"):
            raise Refused
        if self.status[who] != "withdrawn":
            self._leave(who)

    def take_out(self, who: int) -> None:
        """Be taken out by those who teach."""
        self.settle()
        if self.status.get(who) in ("enrolled", "paused", "pending"):
            self._leave(who)
            self.admitted.discard(who)

    def pause(self, who: int) -> None:
        """Put the place on hold."""
        self.settle()
        if self.status.get(who) == "paused":
            return
        if self.status.get(who) != "enrolled":
            raise Refused
        self.status[who] = "paused"
        self.promote()

    def complete(self, who: int) -> None:
        """Have done everything; this looks at no seats."""
        if self.status.get(who) == "enrolled":
            self.status[who] = "completed"

    def take(self, who: int) -> None:
        """Take the seat that is held."""
        self.settle()
        if self.status.get(who) in MEMBERS:
            return
        if who not in self.offers:
            raise Refused
        self._seat_or_line(who)

    def leave_line(self, who: int) -> None:
        """Go out of the line, or let an offered seat go."""
        self.settle()
        if who not in self.line and who not in self.offers:
            raise Refused
        self._out_of_line(who)
        self.promote()

    def reorder(self, who: int, place: int) -> None:
        """Be put at a place in the line."""
        self.settle()
        if who not in self.line:
            raise Refused
        others = [one for one in self.in_order() if one != who]
        ahead, behind = others[: place - 1], others[place - 1 :]
        first = min([0, *(self.line[one][0] for one in behind)])
        for distance, one in enumerate(reversed([*ahead, who]), 1):
            self.line[one][0] = first - distance

    def resize(self, capacity: int | None) -> None:
        """Have other seats."""
        self.settle()
        if capacity is not None and capacity < self.taken:
            raise Refused
        self.capacity = capacity
        self.promote()

    def _seat_or_line(self, who: int) -> None:
        offered = self.offers.pop(who, None)
        if offered or (not self.line and (self.capacity is None or self.taken < self.capacity)):
            self.status[who] = "enrolled"
            self.admitted.add(who)
        else:
            self.line[who] = [
                0,
                self.requests[who] if self._waits_for_answer(who) else self._ticket(),
            ]

    def _leave(self, who: int) -> None:
        self._out_of_line(who)
        self.status[who] = "withdrawn"
        self.promote()

    def _out_of_line(self, who: int) -> None:
        self.line.pop(who, None)
        self.offers.pop(who, None)
        if self.status.get(who) == "pending":
            self.status[who] = "withdrawn"

    def _waits_for_answer(self, who: int) -> bool:
        return self.status.get(who) == "pending" and who not in self.admitted

    def _ticket(self) -> int:
        self.tickets += 1
        return self.tickets
