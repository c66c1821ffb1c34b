"""What courses can be begun from, and what of it there is to see before."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.blueprints.builder.queries.drawn import stored_html
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonDraft,
    Module,
    TemplateReach,
)
from app.blueprints.courses.rules.outline import Outline
from app.core.db import db


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template in the list of them."""

    slug: str
    title: str
    summary: str
    is_own: bool
    modules: int
    lessons: int


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template opened: its outline, and what each lesson says, by key."""

    course: Course
    version: CourseVersion
    outline: Outline
    texts: Mapping[str, str]


def list_templates(user_id: int) -> list[TemplateCard]:
    """Return what this person may begin a course from, their own first; in one statement."""
    own = select(CourseInstructor.course_id).where(CourseInstructor.user_id == user_id)
    modules = (
        select(func.count(Module.id))
        .where(Module.version_id == CourseVersion.id, Module.removed_at.is_(None))
        .scalar_subquery()
    )
    lessons = (
        select(func.count(Lesson.id))
        .where(Lesson.version_id == CourseVersion.id, Lesson.removed_at.is_(None))
        .scalar_subquery()
    )
    is_own = Course.id.in_(own)
    statement = (
        select(Course.slug, CourseVersion.title, CourseVersion.summary, is_own, modules, lessons)
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .where(
            Course.template.is_not(None),
            Course.deleted_at.is_(None),
            or_(Course.template == TemplateReach.EVERYONE, is_own),
        )
        .order_by(is_own.desc(), Course.id)
    )
    return [TemplateCard(*row) for row in db.session.execute(statement)]


def template_view(course: Course) -> TemplateView:
    """Return what a template says, in four statements."""
    version = courses.shown_in_builder(course)
    html = func.coalesce(LessonDraft.html, LessonBody.html, "")
    rows = db.session.execute(
        select(Lesson.key, html)
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(Lesson.version_id == version.id, Lesson.removed_at.is_(None))
    )
    texts = {key: stored_html(text) for key, text in rows}
    return TemplateView(course, version, courses.outline(version), texts)
