"""Courses made of others: clones, templates, and courses begun from templates."""

from app.blueprints.builder.policies import can_copy, can_review, can_use_template
from app.blueprints.builder.services.courses import checked_title, subject_exists
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, TemplateReach
from app.blueprints.courses.queries import find_course, lock_course
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound


def clone_course(actor: Actor, *, course_id: int, title: str) -> Course:
    """Make a course of `actor`'s own that says what this one says now.

    Raises `NotFound`, `Forbidden` and `Invalid`.
    """
    return _copied(actor, course_id, title, None)


def save_as_template(actor: Actor, *, course_id: int, title: str) -> Course:
    """Keep what the course says now as a template of `actor`'s; raises as `clone_course` does."""
    return _copied(actor, course_id, title, TemplateReach.MINE)


def begin_from_template(
    actor: Actor, *, template: str, title: str, subject_id: int | None = None
) -> Course:
    """Make a course from the template at this address.

    Raises `NotFound` for one that `actor` may not use, and `Invalid`.
    """
    title = checked_title(title)
    source = find_course(template)
    if source is None or not can_use_template(actor, source):
        raise NotFound
    if subject_id is not None and not subject_exists(subject_id):
        raise NotFound
    course = courses.copy_course(actor, lock_course(source.id), title=title)
    course.subject_id = subject_id or course.subject_id
    db.session.flush()
    return course


def set_template_reach(actor: Actor, *, course_id: int, reach: TemplateReach) -> Course:
    """Offer a template to everybody, or to its own team alone.

    Raises `Forbidden` for all but approvers and administrators, and `NotFound` for what is no
    template.
    """
    course = lock_course(course_id)
    if not can_review(actor):
        raise Forbidden
    if course.template is None:
        raise NotFound
    course.template = reach
    audit.record(actor, "course.template", "course", course.id, reach=reach)
    db.session.flush()
    return course


def _copied(actor: Actor, course_id: int, title: str, template: TemplateReach | None) -> Course:
    title = checked_title(title)
    source = lock_course(course_id)
    if not can_copy(actor, source):
        raise Forbidden
    return courses.copy_course(actor, source, title=title, template=template)
