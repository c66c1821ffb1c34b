"""How people get into a course: the kind of enrolment, its window, the price, the waitlist."""

from dataclasses import asdict, dataclass
from datetime import datetime

from app.blueprints.courses.errors import ClosesBeforeItOpens, PricedNotOpen
from app.blueprints.courses.events import AdmissionChanged
from app.blueprints.courses.models import Course, EnrollmentType
from app.blueprints.courses.policies import can_manage_course
from app.blueprints.courses.queries import lock_course
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.events import record


@dataclass(frozen=True, slots=True)
class Admission:
    """The price is in the currency's smallest unit, 0 for free; an offer holds for hours.

    Without a moment of opening or closing, people come from the beginning or to the end.
    """

    enrollment_type: EnrollmentType = EnrollmentType.OPEN
    price: int = 0
    currency: str = "EUR"
    has_waitlist: bool = True
    offer_hours: int = 48
    enrolment_opens_at: datetime | None = None
    enrolment_closes_at: datetime | None = None
    completion_frees_seat: bool = False


def set_admission(actor: Actor, *, course_id: int, admission: Admission) -> Course:
    """Let people into the course in this way from now on.

    Raises `NotFound`, `Forbidden`, `PricedNotOpen` and `ClosesBeforeItOpens`.
    """
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    if admission.price and admission.enrollment_type is EnrollmentType.OPEN:
        raise PricedNotOpen
    opens, closes = admission.enrolment_opens_at, admission.enrolment_closes_at
    if opens and closes and closes <= opens:
        raise ClosesBeforeItOpens
    wanted = asdict(admission)
    before = {name: getattr(course, name) for name in wanted}
    changed = {k: [_plain(before[k]), _plain(v)] for k, v in wanted.items() if before[k] != v}
    if not changed:
        return course
    for name, value in wanted.items():
        setattr(course, name, value)
    db.session.flush()
    audit.record(actor, "course.admission", "course", course.id, changed=changed)
    record(AdmissionChanged(course.id))
    return course


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
