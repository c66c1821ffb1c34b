"""The only mover of a course's status; each move is a row of its history and an event."""

from app.blueprints.courses.errors import WrongStatus
from app.blueprints.courses.events import CourseStatusChanged
from app.blueprints.courses.models import Course, CourseStatus, CourseStatusChange
from app.blueprints.courses.rules.status import may_become, steps_to_published
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.events import record


def change_status(actor: Actor, course: Course, to: CourseStatus, reason: str = "") -> None:
    """Move `course`, whose lock the caller holds; raises `WrongStatus`."""
    before = course.status
    if not may_become(before, to):
        raise WrongStatus
    course.status = to
    db.session.add(
        CourseStatusChange(
            course_id=course.id,
            from_status=before,
            to_status=to,
            actor_id=actor.id or None,
            reason=reason,
        )
    )
    audit.record(actor, f"course.{to}", "course", course.id, before=str(before), reason=reason)
    record(CourseStatusChanged(course.id, str(before), str(to)))


def take_to_published(actor: Actor, course: Course) -> None:
    """Move `course` to published by the steps that its history must show."""
    for step in steps_to_published(course.status):
        change_status(actor, course, step)
