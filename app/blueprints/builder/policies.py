"""Who may publish and who may review; who may edit is courses' to say."""

from app.blueprints.courses.models import Course, TemplateReach
from app.blueprints.courses.policies import can_create_course, can_edit_course, can_teach
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


def can_use_template(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may begin a course from `course`, which is a template."""
    if course.template is None or not can_create_course(actor):
        return False
    return course.template is TemplateReach.EVERYONE or can_teach(actor, course)


def can_copy(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may have a copy of `course`: those who edit it and make courses."""
    return can_create_course(actor) and can_edit_course(actor, course)


def can_follow_course(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may see how `course` came to be: its people and approvers."""
    return can_teach(actor, course) or can_review(actor)


def can_see_draft(actor: Actor, course: Course) -> bool:
    """Tell whether `actor` may look at what is not published yet: authors and approvers."""
    return can_edit_course(actor, course) or can_review(actor)
