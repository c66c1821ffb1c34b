"""Texts that were written before something was worked out of them."""

from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.blueprints.builder.rules.readiness_texts import findings_of
from app.blueprints.courses.content.facts import facts_of
from app.blueprints.courses.content.parsing import parse_blocks
from app.blueprints.courses.models import CourseVersion, Lesson, LessonBody, LessonDraft
from app.core.db import db

Stored: TypeAlias = LessonBody | LessonDraft


def renew_facts(version: CourseVersion) -> None:
    """Work out the facts and findings of those texts of `version` that have none yet."""
    drafts = (
        select(LessonDraft)
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.version_id == version.id, LessonDraft.facts.is_(None))
        .options(undefer(LessonDraft.blocks))
    )
    bodies = (
        select(LessonBody)
        .join(Lesson, Lesson.body_id == LessonBody.id)
        .where(Lesson.version_id == version.id, LessonBody.facts.is_(None))
        .options(undefer(LessonBody.blocks))
    )
    stored: list[Stored] = [
        *db.session.execute(drafts).scalars(),
        *db.session.execute(bodies).scalars().unique(),
    ]
    for one in stored:
        body = parse_blocks(one.blocks)
        facts = facts_of(body)
        one.facts, one.problems = facts.to_json(), findings_of(body, facts)
    db.session.flush()
