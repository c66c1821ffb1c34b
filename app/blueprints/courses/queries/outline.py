"""The outline of one version in two statements, whatever its number of lessons."""

from collections import defaultdict

from sqlalchemy import bindparam, func, select

from app.blueprints.courses.models import CourseVersion, Lesson, LessonBody, LessonDraft, Module
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline
from app.core.db import db

_SETTINGS = (
    "title",
    "summary",
    "overview",
    "objectives",
    "difficulty",
    "language",
    "minutes_override",
    "gives_certificate",
)
_MODULES = (
    select(Module.key, Module.title, Module.description)
    .where(Module.version_id == bindparam("version_id"), Module.removed_at.is_(None))
    .order_by(Module.position)
)
_LESSONS = (
    select(
        Lesson.key,
        Lesson.title,
        Module.key.label("module_key"),
        func.coalesce(LessonDraft.digest, LessonBody.digest).label("digest"),
        Lesson.is_required,
        Lesson.minutes,
        Lesson.kind,
        Lesson.completion_rule,
        LessonDraft.problems.label("drafted"),
        LessonBody.problems.label("written"),
    )
    .join(Module, Module.id == Lesson.module_id)
    .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
    .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
    .where(
        Lesson.version_id == bindparam("version_id"),
        Lesson.removed_at.is_(None),
        Module.removed_at.is_(None),
    )
    .order_by(Lesson.position)
)


def outline(version: CourseVersion) -> Outline:
    """Return `version` as plain values; a lesson's draft counts before its body."""
    modules = db.session.execute(_MODULES, {"version_id": version.id}).all()
    lessons = _lessons_by_module(version.id)
    settings = {name: getattr(version, name) for name in _SETTINGS}
    faces = (
        ModuleFace(row.key, row.title, tuple(lessons[row.key]), row.description) for row in modules
    )
    return Outline(settings, tuple(faces))


def _lessons_by_module(version_id: int) -> dict[str, list[LessonFace]]:
    rows = db.session.execute(_LESSONS, {"version_id": version_id})
    found: dict[str, list[LessonFace]] = defaultdict(list)
    for row in rows:
        problems = row.drafted if row.drafted is not None else row.written
        face = LessonFace(
            key=row.key,
            title=row.title,
            module_key=row.module_key,
            digest=row.digest,
            is_required=row.is_required,
            minutes=row.minutes,
            kind=row.kind,
            completion_rule=row.completion_rule,
            problems=tuple(problems or ()),
        )
        found[row.module_key].append(face)
    return found
