"""Putting a course away and bringing it back; nothing is ever erased by it."""

from sqlalchemy import select

from app.blueprints.courses.events import CourseDeleted, CourseRestored
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_manage_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.services.creation import free_slug
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.events import record


def delete_course(actor: Actor, *, course_id: int) -> None:
    """Put the course away; raises `NotFound` and `Forbidden`."""
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    course.deleted_at = clock.db_now()
    audit.record(actor, "course.deleted", "course", course.id, slug=course.slug)
    record(CourseDeleted(course.id))


def restore_course(actor: Actor, *, course_id: int) -> Course:
    """Bring a deleted course back, under a new address where its old one is taken.

    Raises `Forbidden` for all but administrators, and `NotFound`.
    """
    if not actor.is_admin:
        raise Forbidden
    statement = select(Course).filter_by(id=course_id).with_for_update()
    course = db.session.execute(statement).scalar_one_or_none()
    if course is None or course.deleted_at is None:
        raise NotFound
    course.slug = free_slug(course.slug)
    course.deleted_at = None
    audit.record(actor, "course.restored", "course", course.id, slug=course.slug)
    record(CourseRestored(course.id))
    return course
