"""Making a course, with an address of its own and an empty working version."""

from typing import Any

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CourseRole,
    CourseVersion,
    SeatPool,
)
from app.blueprints.courses.policies import can_create_course
from app.blueprints.courses.services.quotas import require_course
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden

LONGEST_SLUG = 200
# What stands beside courses in addresses.
RESERVED = frozenset({"courses", "imports", "invitations", "library", "templates"})
_TRIES = 5


def create_course(actor: Actor, *, title: str, subject_id: int | None = None) -> Course:
    """Make a draft course that `actor` owns; raises `Forbidden` and `OverQuota`."""
    course = begin_course(actor, title=title, seats=SeatPool(), subject_id=subject_id)
    db.session.add(CourseVersion(course_id=course.id, title=title, published_by_id=None))
    db.session.flush()
    return course


def begin_course(actor: Actor, *, title: str, seats: SeatPool, **fields: Any) -> Course:
    """Make a course that has no version yet, with these fields; raises `Forbidden`, `OverQuota`.

    What Lectern itself makes belongs to nobody.
    """
    if not can_create_course(actor):
        raise Forbidden
    require_course(actor)
    for _ in range(_TRIES):
        try:
            with db.session.begin_nested():
                return _insert(
                    actor, Course(slug=free_slug(title), title=title, seats=seats, **fields)
                )
        except IntegrityError:
            continue  # another course took the address between the look and the insert
    raise Conflict


def _insert(actor: Actor, course: Course) -> Course:
    if actor.is_authenticated:
        course.people = [CourseInstructor(user_id=actor.id, role=CourseRole.OWNER)]
    db.session.add(course)
    db.session.flush()
    audit.record(actor, "course.created", "course", course.id, title=course.title)
    return course


def free_slug(title: str) -> str:
    """Return an address made from `title` that no live course has: `loops`, then `loops-2`."""
    wanted = slugify(title, max_length=LONGEST_SLUG, word_boundary=True) or "course"
    statement = select(Course.slug).where(
        Course.deleted_at.is_(None),
        (Course.slug == wanted) | Course.slug.startswith(f"{wanted}-", autoescape=True),
    )
    taken = RESERVED.union(db.session.execute(statement).scalars())
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
