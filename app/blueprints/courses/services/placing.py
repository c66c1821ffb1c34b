"""Where a course is found, and by whom: what acts at once, whatever version is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from app.blueprints.courses.models import (
    Category,
    Course,
    CourseCategory,
    CourseTag,
    Subject,
    Tag,
)
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.rules.tags import MOST_TAGS, TagTooLong, TooManyTags, parse_tags
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Placing:
    """What a course is sorted by; `tags` as they were typed, with commas."""

    subject_id: int | None = None
    category_ids: tuple[int, ...] = ()
    tags: str = ""
    product_suite: str = ""
    product_concept: str = ""
    is_public: bool = True


def place_course(actor: Actor, *, course_id: int, placing: Placing) -> Course:
    """Sort the course as told; raises `NotFound`, `Forbidden` and `Invalid`."""
    tags = _checked_tags(placing.tags)
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    _check_terms(placing)
    before = _state(course)
    course.subject_id = placing.subject_id
    course.product_suite = placing.product_suite.strip()
    course.product_concept = placing.product_concept.strip()
    course.is_public = placing.is_public
    _link(CourseCategory, "category_id", course, placing.category_ids)
    _link(CourseTag, "tag_id", course, ensure_tags(tags))
    course.updated_at = clock.now()  # the catalogue shows words that are in other tables
    db.session.flush()
    db.session.expire(course, ["categories", "tags"])
    changed = {k: [before[k], v] for k, v in _state(course).items() if before[k] != v}
    audit.record(actor, "course.placed", "course", course.id, changed=changed)
    return course


def ensure_tags(tags: dict[str, str]) -> list[int]:
    """Return the ids of the tags of these slugs; those that nobody used before are made."""
    if not tags:
        return []
    rows = [{"slug": slug, "name": name} for slug, name in sorted(tags.items())]
    db.session.execute(insert_for(Tag).on_conflict_do_nothing(index_elements=["slug"]), rows)
    found = select(Tag.id).where(Tag.slug.in_(list(tags)))
    return list(db.session.execute(found).scalars())


def _checked_tags(typed: str) -> dict[str, str]:
    try:
        return parse_tags(typed)
    except TooManyTags as error:
        words = _l("Keep it to %(most)d tags.", most=MOST_TAGS)
        raise Invalid(fields={"tags": words}) from error
    except TagTooLong as error:
        words = _l(
            "“%(tag)s…” is long for a tag. Keep each under 40 characters.", tag=str(error)[:30]
        )
        raise Invalid(fields={"tags": words}) from error


def _check_terms(placing: Placing) -> None:
    if placing.subject_id is not None and db.session.get(Subject, placing.subject_id) is None:
        raise Invalid(fields={"subject_id": _l("There is no such subject any more.")})
    found = select(Category.id).where(Category.id.in_(placing.category_ids))
    if set(db.session.execute(found).scalars()) != set(placing.category_ids):
        raise Invalid(fields={"category_ids": _l("One of these categories is gone. Choose again.")})


def _link(
    table: type[CourseCategory | CourseTag], name: str, course: Course, ids: Iterable[int]
) -> None:
    """Let the course have these terms and no others."""
    db.session.execute(delete(table).where(table.course_id == course.id))
    rows = [{"course_id": course.id, name: one} for one in sorted(set(ids))]
    if rows:
        db.session.execute(insert(table), rows)


def _state(course: Course) -> dict[str, Any]:
    return {
        "subject": course.subject_id,
        "categories": [one.slug for one in course.categories],
        "tags": [one.slug for one in course.tags],
        "product_suite": course.product_suite,
        "product_concept": course.product_concept,
        "is_public": course.is_public,
    }
