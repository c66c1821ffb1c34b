"""Who may see and decide who is in a course."""

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import (
    can_edit_course,
    can_manage_course,
    can_teach,
    can_view_course,
)
from app.core.actor import Actor


def can_enrol(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may ask for a seat: anyone who may know of the course."""
    return actor.is_authenticated and can_view_course(actor, course)


def can_see_people(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may see who is in `course`: those who teach it."""
    return can_teach(actor, course)


def can_decide_people(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` decides who gets into `course`, in which order and cohort."""
    return can_edit_course(actor, course)


def can_set_capacity(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` decides how many seats `course` has."""
    return can_manage_course(actor, course)
