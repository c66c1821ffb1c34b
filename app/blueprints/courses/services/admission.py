"""How people get into a course: the kind of enrolment, the price, the waiting list."""

from dataclasses import asdict, dataclass

from app.blueprints.courses.errors import PricedNotOpen
from app.blueprints.courses.models import Course, EnrollmentType
from app.blueprints.courses.policies import can_manage_course
from app.blueprints.courses.queries import lock_course
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Admission:
    """The price is in the currency's smallest unit, 0 for free; an offer holds for hours."""

    enrollment_type: EnrollmentType = EnrollmentType.OPEN
    price: int = 0
    currency: str = "EUR"
    has_waitlist: bool = True
    offer_hours: int = 48


def set_admission(actor: Actor, *, course_id: int, admission: Admission) -> Course:
    """Let people into the course in this way from now on.

    Raises `NotFound`, `Forbidden` and `PricedNotOpen`.
    """
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    if admission.price and admission.enrollment_type is EnrollmentType.OPEN:
        raise PricedNotOpen
    wanted = asdict(admission)
    before = {name: getattr(course, name) for name in wanted}
    for name, value in wanted.items():
        setattr(course, name, value)
    db.session.flush()
    changed = {k: [before[k], v] for k, v in wanted.items() if before[k] != v}
    audit.record(actor, "course.admission", "course", course.id, changed=changed)
    return course
