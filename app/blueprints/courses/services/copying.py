"""Copies of whole courses: a constant number of statements, whatever their size.

The texts are the same and name the same files, which the copy may show, too. Keys are kept, since
they are unique in a version; redo marks and everything that people did are not.
"""

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import (
    Course,
    CourseCategory,
    CoursePrerequisite,
    CourseTag,
    CourseVersion,
    Lesson,
    LessonDraft,
    SeatPool,
    TemplateReach,
)
from app.blueprints.courses.queries import shown_in_builder
from app.blueprints.courses.services.assets import share_assets
from app.blueprints.courses.services.creation import begin_course
from app.blueprints.courses.services.versions import copy_version
from app.core import audit
from app.core.actor import Actor
from app.core.db import Model, db

_SETTINGS = (
    "subject_id",
    "enrollment_type",
    "is_public",
    "price",
    "currency",
    "has_waitlist",
    "offer_hours",
    "completion_frees_seat",
    "product_suite",
    "product_concept",
)
_OWN = {"id", "lesson_id"}


def copy_course(
    actor: Actor, source: Course, *, title: str, template: TemplateReach | None = None
) -> Course:
    """Make a new draft course of `actor`'s that says what `source` says to its authors.

    The caller has checked that `actor` may have it. Raises `Forbidden` for those who may not
    make courses.
    """
    version = shown_in_builder(source)
    course = begin_course(
        actor,
        title=title,
        seats=SeatPool(capacity=source.seats.capacity),
        template=template,
        **{name: getattr(source, name) for name in _SETTINGS},
    )
    copy = copy_version(version, course, keep_redo=False)
    copy.title, copy.based_on_id = title, None
    _copy_drafts(version, copy)
    for table, column in (
        (CourseCategory, "category_id"),
        (CourseTag, "tag_id"),
        (CoursePrerequisite, "required_id"),
    ):
        _copy_links(table, column, source, course)
    share_assets(source.id, course.id)
    audit.record(actor, "course.copied", "course", course.id, source=source.id)
    db.session.flush()
    return course


def _copy_drafts(source: CourseVersion, target: CourseVersion) -> None:
    old, new = aliased(Lesson), aliased(Lesson)
    names = [column.name for column in LessonDraft.__table__.columns if column.name not in _OWN]
    rows = (
        select(new.id, *(getattr(LessonDraft, name) for name in names))
        .join(old, old.id == LessonDraft.lesson_id)
        .join(new, (new.version_id == target.id) & (new.key == old.key))
        .where(old.version_id == source.id)
    )
    db.session.execute(insert(LessonDraft).from_select(["lesson_id", *names], rows))


def _copy_links(table: type[Model], column: str, source: Course, target: Course) -> None:
    columns = table.__table__.c
    rows = select(literal(target.id), columns[column]).where(columns.course_id == source.id)
    db.session.execute(insert(table).from_select(["course_id", column], rows))
