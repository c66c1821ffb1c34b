"""What has happened to people's places in courses.

An `actor_id` is who did it: the person's own, that of somebody who teaches, or 0 for Lectern.
"""

from dataclasses import dataclass
from datetime import datetime

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class Requested(Event):
    """Somebody asked to take part."""

    enrollment_id: int
    course_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Approved(Event):
    """A request was granted; `queued` if every seat is taken, so that the person waits in line."""

    enrollment_id: int
    course_id: int
    user_id: int
    actor_id: int
    queued: bool


@dataclass(frozen=True, slots=True)
class Rejected(Event):
    """A request was refused, for `reason`."""

    enrollment_id: int
    course_id: int
    user_id: int
    actor_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Enrolled(Event):
    """Somebody took a seat; `came_back` if they had been in the course before."""

    enrollment_id: int
    course_id: int
    user_id: int
    came_back: bool
    actor_id: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """Somebody left a course or was taken out of it; `reason` is only given for the latter."""

    enrollment_id: int
    course_id: int
    user_id: int
    actor_id: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """Somebody's place was put on hold, and their seat came free."""

    enrollment_id: int
    course_id: int
    user_id: int
    actor_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Invited(Event):
    """An address was asked to take part; whether somebody here has it is nobody's business."""

    invitation_id: int
    course_id: int
    email: str
    actor_id: int


@dataclass(frozen=True, slots=True)
class WaitlistJoined(Event):
    """Somebody went to the end of the line."""

    entry_id: int
    course_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class WaitlistLeft(Event):
    """Somebody went out of the line, or was taken out of it for `reason`."""

    entry_id: int
    course_id: int
    user_id: int
    actor_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Offered(Event):
    """A free seat is held for somebody until `ends_at`."""

    entry_id: int
    course_id: int
    user_id: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OfferDeclined(Event):
    """Somebody let a seat go that was held for them, and is out of the line."""

    entry_id: int
    course_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class OfferExpired(Event):
    """Nobody answered in time: the seat went on, and the person is out of the line."""

    entry_id: int
    course_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Reordered(Event):
    """Somebody was moved to `place` (from 1) in the line, for `reason`."""

    entry_id: int
    course_id: int
    user_id: int
    actor_id: int
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class MovedToCohort(Event):
    """Somebody was put into another cohort, or with None into none."""

    enrollment_id: int
    course_id: int
    user_id: int
    actor_id: int
    cohort_id: int | None


@dataclass(frozen=True, slots=True)
class PrerequisitesWaived(Event):
    """Somebody may take the course without those that it asks for, for `reason`."""

    course_id: int
    user_id: int
    actor_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SeatsToLookAt(Event):
    """Seats of a course may have come free unseen: offers ran out, learners completed it."""

    course_id: int
