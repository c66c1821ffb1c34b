"""Who may move to which status, who holds a seat, and who is let in."""

import enum

from app.blueprints.courses.models import CourseStatus, EnrollmentType
from app.blueprints.enrollments.models import EnrollmentStatus
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

S = EnrollmentStatus

TRANSITIONS: dict[EnrollmentStatus, frozenset[EnrollmentStatus]] = {
    S.PENDING: frozenset({S.ENROLLED, S.REJECTED, S.WITHDRAWN}),
    S.ENROLLED: frozenset({S.COMPLETED, S.PAUSED, S.WITHDRAWN}),
    S.PAUSED: frozenset({S.ENROLLED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset({S.ENROLLED, S.PENDING}),
    S.REJECTED: frozenset({S.ENROLLED, S.PENDING}),
    # What somebody has completed stays completed.
    S.COMPLETED: frozenset(),
}
MEMBERS = frozenset({S.ENROLLED, S.COMPLETED})


class Admission(enum.Enum):
    """What comes of asking for a seat."""

    ADMITTED = "admitted"
    FULL = "full"


def may_become(before: EnrollmentStatus, after: EnrollmentStatus) -> bool:
    """Tell whether an enrolment may take this step."""
    return after in TRANSITIONS[before]


def admit(*, capacity: int | None, taken: int, waiting: int) -> Admission:
    """Decide about one more seat; while anyone waits, a free seat is theirs."""
    if capacity is None:
        return Admission.ADMITTED
    return Admission.ADMITTED if taken + waiting < capacity else Admission.FULL


def why_closed(status: CourseStatus, enrollment_type: EnrollmentType) -> Text | None:
    """Return why nobody can enrol by themselves, in words; None where they can."""
    if status is CourseStatus.ARCHIVED:
        return _l("This course has ended and takes nobody in any more.")
    if status is not CourseStatus.PUBLISHED:
        return _l("This course is not published yet.")
    if enrollment_type is EnrollmentType.APPROVAL:
        return _l("Those who teach this course decide who takes part. Ask them to let you in.")
    if enrollment_type is EnrollmentType.RESTRICTED:
        return _l("This course is for those who were invited.")
    return None
