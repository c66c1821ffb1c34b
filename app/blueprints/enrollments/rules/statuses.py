"""Which status follows which, and who may move somebody from the one to the other."""

import enum
from collections.abc import Mapping

from app.blueprints.enrollments.models import EnrollmentStatus

S = EnrollmentStatus


class Mover(enum.Enum):
    """In which part somebody acts on an enrolment."""

    LEARNER = "learner"
    TEACHER = "teacher"
    LECTERN = "lectern"


_LEARNER = frozenset({Mover.LEARNER})
_TEACHER = frozenset({Mover.TEACHER})
_LECTERN = frozenset({Mover.LECTERN})
_PEOPLE = _LEARNER | _TEACHER

# None: there was nothing yet. What somebody has completed stays completed.
MOVES: Mapping[tuple[EnrollmentStatus | None, EnrollmentStatus], frozenset[Mover]] = {
    (None, S.PENDING): _PEOPLE,
    (None, S.ENROLLED): _PEOPLE,
    # By approval; a learner who was let in and had to wait takes the offered seat.
    (S.PENDING, S.ENROLLED): _PEOPLE,
    (S.PENDING, S.REJECTED): _TEACHER,
    # A request is taken back; an offered seat was not taken, or nobody answered.
    (S.PENDING, S.WITHDRAWN): _PEOPLE | _LECTERN,
    (S.ENROLLED, S.COMPLETED): _LECTERN,
    (S.ENROLLED, S.PAUSED): _PEOPLE,
    (S.ENROLLED, S.WITHDRAWN): _PEOPLE,
    (S.PAUSED, S.ENROLLED): _PEOPLE,
    (S.PAUSED, S.WITHDRAWN): _PEOPLE,
    (S.WITHDRAWN, S.ENROLLED): _PEOPLE,
    (S.WITHDRAWN, S.PENDING): _PEOPLE,
    (S.REJECTED, S.ENROLLED): _PEOPLE,
    (S.REJECTED, S.PENDING): _PEOPLE,
}
MEMBERS = frozenset({S.ENROLLED, S.COMPLETED})


def may_move(before: EnrollmentStatus | None, after: EnrollmentStatus, mover: Mover) -> bool:
    """Tell whether `mover` may take an enrolment this step."""
    return mover in MOVES.get((before, after), frozenset())
