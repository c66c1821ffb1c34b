"""Who may publish and who may review; who may edit is courses' to say."""

from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.profiles.policies import can_self_publish
from app.core.actor import Actor


def can_publish_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may publish `course` without anybody's approval."""
    if actor.is_admin or actor.is_approver:
        return True
    return can_edit_course(actor, course) and can_self_publish(actor)


def can_review(actor: Actor) -> bool:
    """Tell whether `actor` decides about what others submit."""
    return actor.is_approver or actor.is_admin


def can_see_draft(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may look at what is not published yet: authors and approvers."""
    return can_edit_course(actor, course) or can_review(actor)
