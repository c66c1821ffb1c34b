"""What comes of each person on a list that somebody brings in, decided in the order of the list."""

import enum
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.blueprints.enrollments.models import EnrollmentStatus, WaitlistState
from app.blueprints.enrollments.rules.seats import Admission, admit, least
from app.blueprints.enrollments.rules.statuses import MEMBERS


class Arrival(enum.StrEnum):
    """What is done for one person of a list, why nothing need be, or why nothing can be."""

    SEAT = "seat"
    HELD = "held"
    QUEUE = "queue"
    MOVE = "move"
    INVITE = "invite"
    # Nothing need be done.
    THERE = "there"
    WAITS = "waits"
    ASKED = "asked"
    # Nothing can be done.
    FULL = "full"
    COHORT_FULL = "cohort_full"
    NO_COHORT = "no_cohort"
    SHUT_OUT = "shut_out"

    @property
    def changes(self) -> bool:
        """Tell whether something is done."""
        return self in _DONE

    @property
    def is_refused(self) -> bool:
        """Tell whether something should be done and cannot."""
        return self in _REFUSED


_DONE = frozenset({Arrival.SEAT, Arrival.HELD, Arrival.QUEUE, Arrival.MOVE, Arrival.INVITE})
_REFUSED = frozenset({Arrival.FULL, Arrival.COHORT_FULL, Arrival.NO_COHORT, Arrival.SHUT_OUT})


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: an address, and the name of a cohort or nothing."""

    email: str
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """How whoever has an address stands in the course; nobody: no user."""

    user_id: int | None = None
    is_shut_out: bool = False
    status: EnrollmentStatus | None = None
    cohort_id: int | None = None
    holds_seat: bool = False
    line: WaitlistState | None = None
    is_asked: bool = False


@dataclass(slots=True)
class Room:
    """The free seats of the course and of its cohorts, by the names of the latter; who waits."""

    free: int | None
    has_waitlist: bool
    cohorts: Mapping[str, int]
    free_in: dict[int, int | None]
    waiting: set[int | None] = field(default_factory=set)

    def cohort_of(self, name: str) -> int | None:
        """Return the cohort of that name, however it is capitalised; raises KeyError."""
        return self.cohorts[name.casefold()] if name else None

    def take(self, cohort_id: int | None, by: int = 1) -> None:
        """Count seats as taken."""
        self.free = None if self.free is None else self.free - by
        self.take_in(cohort_id, by)

    def take_in(self, cohort_id: int | None, by: int = 1) -> None:
        """Count seats of a cohort alone."""
        free = self.free_in.get(cohort_id) if cohort_id else None
        if cohort_id and free is not None:
            self.free_in[cohort_id] = free - by


def decide(listed: Iterable[Listed], known: Mapping[str, Known], room: Room) -> list[Arrival]:
    """Return what comes of each; `room` is used up on the way."""
    return [_one(one, known.get(one.email, Known()), room) for one in listed]


def fingerprint(listed: Sequence[Listed], arrivals: Sequence[Arrival]) -> str:
    """Return a short word for all of what is to be done, another one for anything else."""
    said = hashlib.sha256()
    for one, arrival in zip(listed, arrivals, strict=True):
        said.update(f"{one.email}\t{one.cohort}\t{arrival}\n".encode())
    return said.hexdigest()


def _one(one: Listed, person: Known, room: Room) -> Arrival:
    try:
        cohort_id = room.cohort_of(one.cohort)
    except KeyError:
        return Arrival.NO_COHORT
    if person.user_id is None:
        return Arrival.ASKED if person.is_asked else Arrival.INVITE
    if person.is_shut_out:
        return Arrival.SHUT_OUT
    if person.status in MEMBERS:
        return _member(person, cohort_id, room)
    if person.line is not None:
        return Arrival.WAITS if person.line is WaitlistState.WAITING else Arrival.HELD
    return _newcomer(cohort_id, room)


def _member(person: Known, cohort_id: int | None, room: Room) -> Arrival:
    if cohort_id is None or cohort_id == person.cohort_id:
        return Arrival.THERE
    if person.holds_seat:
        if room.free_in.get(cohort_id) == 0:
            return Arrival.COHORT_FULL
        room.take_in(person.cohort_id, -1)
        room.take_in(cohort_id)
    return Arrival.MOVE


def _newcomer(cohort_id: int | None, room: Room) -> Arrival:
    in_cohort = room.free_in.get(cohort_id) if cohort_id else None
    free = least(room.free, in_cohort)
    waiting = cohort_id in room.waiting
    match admit(free=free, waiting=waiting, has_waitlist=room.has_waitlist):
        case Admission.SEAT:
            room.take(cohort_id)
            return Arrival.SEAT
        case Admission.LINE:
            room.waiting.add(cohort_id)
            return Arrival.QUEUE
        case _:
            return Arrival.FULL
