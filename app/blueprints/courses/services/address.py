"""The address of a course, which is free to change until people know it."""

from slugify import slugify
from sqlalchemy import select

from app.blueprints.courses.errors import SlugFixed
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_manage_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.services.creation import LONGEST_SLUG, RESERVED
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _l


def change_address(actor: Actor, *, course_id: int, slug: str) -> Course:
    """Give a course that was never published another address.

    Raises `NotFound`, `Forbidden`, `SlugFixed` and `Invalid` for an address that is taken.
    """
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    if course.published_at is not None:
        raise SlugFixed
    wanted = slugify(slug, max_length=LONGEST_SLUG, word_boundary=True)
    if not wanted:
        raise Invalid(fields={"slug": _l("Use letters and digits.")})
    if wanted in RESERVED or _is_taken(wanted, course.id):
        raise Invalid(fields={"slug": _l("Another course has this address.")})
    before, course.slug = course.slug, wanted
    # Two who want the same address at once meet at the unique index, and the second is told 409.
    db.session.flush()
    audit.record(actor, "course.address", "course", course.id, before=before, after=wanted)
    return course


def _is_taken(slug: str, course_id: int) -> bool:
    other = select(Course.id).where(
        Course.slug == slug, Course.deleted_at.is_(None), Course.id != course_id
    )
    return db.session.execute(other).first() is not None
