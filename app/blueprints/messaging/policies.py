"""Whom mail about a course may still be sent to, when it is about to leave."""

from app.blueprints.builder.policies import can_review
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.enrollments.policies import can_decide_people
from app.blueprints.messaging.rules.kind import Audience
from app.core.actor import Actor


def may_be_told(reader: Actor, audience: Audience, course: Course | None) -> bool:
    """Tell whether `reader` is still somebody for whom this was meant."""
    if audience is Audience.APPROVER:
        return can_review(reader)
    if audience is Audience.DECIDER:
        return course is not None and can_decide_people(reader, course)
    if audience is Audience.EDITOR:
        return course is not None and can_edit_course(reader, course)
    return True
