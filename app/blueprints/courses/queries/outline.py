"""Outlines of versions in one statement, whatever their number of lessons."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, func, null, select

from app.blueprints.courses.content.facts import TextFacts
from app.blueprints.courses.models import CourseVersion, Lesson, LessonBody, LessonDraft, Module
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline
from app.core.db import read
from app.core.shelf import Shelf

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
# A module without lessons is one row, too.
_ROWS = (
    select(
        Module.version_id,
        Module.key.label("module_key"),
        Module.title.label("module_title"),
        Module.description,
        Lesson.key,
        Lesson.title,
        func.coalesce(LessonDraft.digest, LessonBody.digest).label("digest"),
        Lesson.is_required,
        Lesson.minutes.label("minutes"),
        Lesson.kind,
        Lesson.completion_rule,
        Lesson.completion_seconds,
        Lesson.release,
        LessonDraft.problems.label("drafted"),
        LessonBody.problems.label("written"),
    )
    .select_from(Module)
    .outerjoin(Lesson, and_(Lesson.module_id == Module.id, Lesson.removed_at.is_(None)))
    .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
    .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
    .where(
        Module.version_id.in_(bindparam("version_ids", expanding=True)),
        Module.removed_at.is_(None),
    )
    .order_by(Module.position, Lesson.position)
)


# Learners' pages do without what is known of the texts.
_LESSONS = _ROWS.add_columns(null().label("facts"))
_LESSONS_WITH_FACTS = _ROWS.add_columns(
    case((LessonDraft.id.is_not(None), LessonDraft.facts), else_=LessonBody.facts).label("facts")
)


# A published version never changes, so learners' pages read its outline once in each process.
_PUBLISHED: Shelf[Outline] = Shelf(most=100)


def published_outline(version: CourseVersion) -> Outline:
    """Return what `outline` does; from memory where the version is published."""
    if version.is_working:
        return outline(version)
    return _PUBLISHED.fetch(version.id, lambda: outline(version))


def outline(version: CourseVersion, *, facts: bool = False) -> Outline:
    """Return `version` as plain values; a lesson's draft counts before its body."""
    return outlines(version, facts=facts)[0]


def outlines(*versions: CourseVersion, facts: bool = False) -> list[Outline]:
    """Return several versions as plain values, in the order given; `facts` of texts if asked."""
    statement = _LESSONS_WITH_FACTS if facts else _LESSONS
    modules: dict[int, dict[str, ModuleFace]] = defaultdict(dict)
    lessons: dict[tuple[int, str], list[LessonFace]] = defaultdict(list)
    for row in read(statement, {"version_ids": [one.id for one in versions]}):
        bare = ModuleFace(row.module_key, row.module_title, (), row.description)
        modules[row.version_id].setdefault(row.module_key, bare)
        if row.key is not None:
            lessons[row.version_id, row.module_key].append(_face(row))
    return [
        Outline(
            _settings(one),
            tuple(
                replace(bare, lessons=tuple(lessons[one.id, key]))
                for key, bare in modules[one.id].items()
            ),
        )
        for one in versions
    ]


def _settings(version: CourseVersion) -> dict[str, object]:
    return {name: getattr(version, name) for name in _SETTINGS}


def _face(row: Row[Any]) -> LessonFace:
    problems = row.drafted if row.drafted is not None else row.written
    return LessonFace(
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
