"""The end of a course, and its return."""

from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.policies import can_manage_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.services.status import change_status
from app.core.actor import Actor
from app.core.errors import Forbidden


def archive_course(actor: Actor, *, course_id: int, reason: str = "") -> Course:
    """End a published course: out of the catalogue, nobody new; those who are in it go on.

    Raises `NotFound`, `Forbidden` and `WrongStatus`.
    """
    return _move(actor, course_id, CourseStatus.ARCHIVED, reason)


def bring_back_course(actor: Actor, *, course_id: int) -> Course:
    """Open an archived course again; raises `NotFound`, `Forbidden` and `WrongStatus`."""
    return _move(actor, course_id, CourseStatus.PUBLISHED, "")


def _move(actor: Actor, course_id: int, to: CourseStatus, reason: str) -> Course:
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    change_status(actor, course, to, reason.strip())
    return course
