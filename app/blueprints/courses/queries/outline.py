"""Outlines of versions in two statements, whatever their number of lessons."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, bindparam, case, func, null, select

from app.blueprints.courses.content.facts import TextFacts
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
    "pacing",
    "cover_id",
)
_AMONG = Module.version_id.in_(bindparam("version_ids", expanding=True))
_MODULES = (
    select(Module.version_id, Module.key, Module.title, Module.description)
    .where(_AMONG, Module.removed_at.is_(None))
    .order_by(Module.position)
)
_ROWS = (
    select(
        Module.version_id,
        Lesson.key,
        Lesson.title,
        Module.key.label("module_key"),
        func.coalesce(LessonDraft.digest, LessonBody.digest).label("digest"),
        Lesson.is_required,
        Lesson.minutes,
        Lesson.kind,
        Lesson.completion_rule,
        Lesson.completion_seconds,
        Lesson.release,
        LessonDraft.problems.label("drafted"),
        LessonBody.problems.label("written"),
    )
    .join(Module, Module.id == Lesson.module_id)
    .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
    .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
    .where(_AMONG, Lesson.removed_at.is_(None), Module.removed_at.is_(None))
    .order_by(Lesson.position)
)


# Learners' pages do without what is known of the texts.
_LESSONS = _ROWS.add_columns(null().label("facts"))
_LESSONS_WITH_FACTS = _ROWS.add_columns(
    case((LessonDraft.id.is_not(None), LessonDraft.facts), else_=LessonBody.facts).label("facts")
)


def outline(version: CourseVersion, *, facts: bool = False) -> Outline:
    """Return `version` as plain values; a lesson's draft counts before its body."""
    return outlines(version, facts=facts)[0]


def outlines(*versions: CourseVersion, facts: bool = False) -> list[Outline]:
    """Return several versions as plain values, in the order given; `facts` of texts if asked."""
    values = {"version_ids": [version.id for version in versions]}
    lessons = _lessons_by_module(_LESSONS_WITH_FACTS if facts else _LESSONS, values)
    modules: dict[int, list[ModuleFace]] = defaultdict(list)
    for row in db.session.execute(_MODULES, values):
        mine = tuple(lessons[row.version_id, row.key])
        modules[row.version_id].append(ModuleFace(row.key, row.title, mine, row.description))
    return [Outline(_settings(one), tuple(modules[one.id])) for one in versions]


def _settings(version: CourseVersion) -> dict[str, object]:
    return {name: getattr(version, name) for name in _SETTINGS}


def _lessons_by_module(
    statement: Select[*tuple[Any, ...]], values: dict[str, list[int]]
) -> dict[tuple[int, str], list[LessonFace]]:
    found: dict[tuple[int, str], list[LessonFace]] = defaultdict(list)
    for row in db.session.execute(statement, values):
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
            completion_seconds=row.completion_seconds,
            release=tuple(sorted(row.release.items())),
            problems=tuple(problems or ()),
            facts=TextFacts.from_json(row.facts) if row.facts else None,
        )
        found[row.version_id, row.module_key].append(face)
    return found
