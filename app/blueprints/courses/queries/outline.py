"""Outlines of versions in one statement, whatever their number of lessons."""

import json
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, cast, func, null, select

from app.blueprints.courses.content.facts import TextFacts
from app.blueprints.courses.models import CourseVersion, Lesson, LessonBody, LessonDraft, Module
from app.blueprints.courses.rules.outline import LessonFace, ModuleFace, Outline
from app.core.db import read
from app.core.shelf import Shelf

MOST_KNOWN = 4_096
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
        # As the fields of a LessonFace follow one another.
        Lesson.key,
        Lesson.title,
        Module.key.label("home"),
        func.coalesce(LessonDraft.digest, LessonBody.digest).label("digest"),
        Lesson.is_required,
        Lesson.minutes.label("minutes"),
        Lesson.kind,
        Lesson.completion_rule,
        Lesson.completion_seconds,
        cast(Lesson.release, Text).label("release"),
        func.coalesce(cast(LessonDraft.problems, Text), cast(LessonBody.problems, Text)),
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
_FACTS = case((LessonDraft.id.is_not(None), LessonDraft.facts), else_=LessonBody.facts)
_LESSONS_WITH_FACTS = _ROWS.add_columns(cast(_FACTS, Text).label("facts"))


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
    for row in read(statement, {"version_ids": [one.id for one in versions]}).all():
        version_id, module, title, about, *lesson = row
        modules[version_id].setdefault(module, ModuleFace(module, title, (), about))
        if lesson[0] is not None:
            lessons[version_id, module].append(_face(lesson))
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


def _face(columns: list[Any]) -> LessonFace:
    release, problems, facts = columns[-3:]
    known = [_release(release), _problems(problems), _facts(facts)]
    return LessonFace(*columns[:-3], *known)


# What is stored as JSON says the same for most lessons, and from one look to the next.
@lru_cache(maxsize=MOST_KNOWN)
def _release(stored: str) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(json.loads(stored).items()))


@lru_cache(maxsize=MOST_KNOWN)
def _problems(stored: str | None) -> tuple[str, ...]:
    return tuple(json.loads(stored) or ()) if stored else ()


@lru_cache(maxsize=MOST_KNOWN)
def _facts(stored: str | None) -> TextFacts | None:
    known = json.loads(stored) if stored else None
    return TextFacts.from_json(known) if known else None
