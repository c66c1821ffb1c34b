"""What a visitor is told about the seats of a course."""

import enum
from dataclasses import dataclass

from app.blueprints.courses.models.kinds import EnrollmentType

# Fewer free seats than this are counted for the visitor.
FEW = 6


class SeatState(enum.StrEnum):
    """Whether, and how, somebody gets into a course."""

    EARLY = "early"
    LATE = "late"
    OPEN = "open"
    FEW_LEFT = "few_left"
    FULL = "full"
    WAITLIST = "waitlist"
    BY_APPROVAL = "by_approval"
    BY_INVITATION = "by_invitation"


@dataclass(frozen=True, slots=True)
class Seats:
    """The state, and how many seats are free (None: no limit)."""

    state: SeatState
    free: int | None


def seats_of(
    enrollment_type: EnrollmentType, capacity: int | None, taken: int, *, has_waitlist: bool
) -> Seats:
    """Return what there is to know before asking for a seat; full comes before all else."""
    free = None if capacity is None else max(0, capacity - taken)
    if free == 0:
        return Seats(SeatState.WAITLIST if has_waitlist else SeatState.FULL, free)
    if enrollment_type is EnrollmentType.APPROVAL:
        return Seats(SeatState.BY_APPROVAL, free)
    if enrollment_type is EnrollmentType.RESTRICTED:
        return Seats(SeatState.BY_INVITATION, free)
    return Seats(SeatState.OPEN if free is None or free >= FEW else SeatState.FEW_LEFT, free)
