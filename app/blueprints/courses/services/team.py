"""Who works in a course, and as what; the course's lock keeps one owner in it."""

from app.blueprints.courses.errors import LastOwner
from app.blueprints.courses.models import Course, CourseInstructor, CourseRole
from app.blueprints.courses.policies import can_manage_course, role_in
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.rules.team import leaves_no_owner
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound


def set_course_role(actor: Actor, *, course_id: int, user_id: int, role: CourseRole) -> None:
    """Let somebody of the team have another role; raises `NotFound`, `Forbidden`, `LastOwner`."""
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    person = _person(course, user_id, role)
    before, person.role = person.role, role
    if role is before:
        return
    audit.record(actor, "course.role", "course", course.id, user=user_id, before=before, after=role)


def remove_from_team(actor: Actor, *, course_id: int, user_id: int) -> None:
    """Let somebody work in the course no more; everybody may leave by themselves.

    Raises `NotFound`, `Forbidden` and `LastOwner`.
    """
    course = lock_course(course_id)
    leaves = user_id == actor.id and role_in(actor, course) is not None
    if not leaves and not can_manage_course(actor, course):
        raise Forbidden
    person = _person(course, user_id, None)
    db.session.delete(person)
    audit.record(actor, "course.left", "course", course.id, user=user_id, before=person.role)


def _person(course: Course, user_id: int, becomes: CourseRole | None) -> CourseInstructor:
    """Return the person in the team; raises `LastOwner` where the course would lose its last."""
    person = next((one for one in course.people if one.user_id == user_id), None)
    if person is None:
        raise NotFound
    if leaves_no_owner({one.user_id: one.role for one in course.people}, user_id, becomes):
        raise LastOwner
    return person
