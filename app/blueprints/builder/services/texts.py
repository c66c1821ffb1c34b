"""Changes of what a lesson says.

Cleaning and drawing HTML takes long, so it is prepared before the write gate is taken. Where
somebody else changed the lesson in between, it has to be prepared again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.blueprints.builder.errors import Overtaken, StaleBoard, StaleText
from app.blueprints.builder.queries.texts import (
    LessonText,
    find_drafts,
    lesson_text,
    lesson_texts,
    text_of,
)
from app.blueprints.builder.rules.ordering import NoSuchNeighbour
from app.blueprints.builder.rules.readiness_texts import findings_of
from app.blueprints.builder.rules.text_history import Superseded, way_back
from app.blueprints.builder.rules.texts import BlockChanged, Change, digest, find
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.sittings import Edit, go_on_with_text, record, sitting_of
from app.blueprints.courses.content.canonical import NOTHING, body_hash, canonical_json
from app.blueprints.courses.content.facts import facts_of
from app.blueprints.courses.content.parsing import clean_body, parse_blocks
from app.blueprints.courses.content.references import assets_in
from app.blueprints.courses.content.render import render_body
from app.blueprints.courses.models import GUESSED_MINUTES, Lesson, LessonDraft
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import get_course, shown_in_builder
from app.blueprints.courses.services import refuse_foreign_assets
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden

Block = dict[str, Any]


class PreparedInVain(Exception):
    """Somebody else changed the lesson while a change of it was prepared."""


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A change with its result, drawn for the text with the digest `source`, at `revision`."""

    course_id: int
    lesson: str
    change: Change
    source: str | None
    values: dict[str, Any]
    revision: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the text says already what the change asks for."""
        return bool(self.values["digest"] == (self.source or NOTHING))


def prepare_text(
    actor: Actor,
    *,
    course_id: int,
    lesson: str,
    change: Change,
    current: LessonText | None = None,
) -> PreparedText:
    """Clean and draw the lesson as `change` leaves it; call it before `writing()`.

    `current` is what it says, where the caller has just read that for one who may change it.
    Raises `NotFound`, `Forbidden`, `Invalid`, `StaleText` and `StaleBoard`.
    """
    current = current or _current(actor, course_id, lesson)
    values = drawn_text(_changed(change, current.blocks))
    before = assets_in(parse_blocks(current.blocks).blocks)
    refuse_foreign_assets(course_id, before=before, after=values["asset_ids"])
    return PreparedText(course_id, lesson, change, current.digest, values, current.revision)


def save_text(actor: Actor, prepared: PreparedText, *, wait: bool = True) -> LessonDraft:
    """Store a prepared change in the lesson's draft.

    Raises `StaleText` where somebody changed the same block since, and what commands raise.
    Where somebody changed another block, it is prepared again here, unless the caller would
    rather do so outside and not `wait`: that raises `PreparedInVain`.
    """
    board = open_board(actor, prepared.course_id)
    sitting = sitting_of(board, "edit_text", lesson=prepared.lesson)
    draft, edit = _stored(board, prepared, wait=wait)
    if sitting is None:
        record(board, edit)
    else:
        go_on_with_text(board, edit, sitting)
    return draft


def restore_text(board: Board, prepared: PreparedText) -> BoardChange:
    """Store a prepared return to an earlier text; raises `Overtaken` and what commands raise."""
    _, edit = _stored(board, prepared, wait=True)
    return record(board, edit)


def save_texts(board: Board, prepared: Sequence[PreparedText]) -> None:
    """Store prepared changes of many lessons, each an operation of its own, a few statements all.

    Raises `StaleText` and `StaleBoard`.
    """
    keys = [one.lesson for one in prepared]
    rows = {lesson.key: (lesson, module) for lesson, module in board.chosen(keys)}
    texts = lesson_texts(board.version.id, keys=keys)
    drafts = find_drafts([lesson.id for lesson, _ in rows.values()])
    at = clock.db_now()
    for one in prepared:
        lesson, module = rows[one.lesson]
        current = texts.get(lesson.key) or LessonText(lesson.id)
        draft = drafts.get(lesson.id) or _no_draft(lesson)
        edit = _written(one, lesson, current, draft)
        draft.updated_at, draft.updated_by_id = at, board.actor.id or None
        record(replace(board, touched=[module.key]), edit)


def _current(actor: Actor, course_id: int, lesson: str) -> LessonText:
    course = get_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    return lesson_text(shown_in_builder(course).id, lesson)


def _stored(board: Board, prepared: PreparedText, *, wait: bool) -> tuple[LessonDraft, Edit]:
    lesson, _ = board.lesson(prepared.lesson)
    found = find_drafts([lesson.id]).get(lesson.id)
    current = text_of(found) if found else lesson_text(board.version.id, prepared.lesson)
    if current.digest != prepared.source and not wait:
        raise PreparedInVain
    draft = found or _no_draft(lesson)
    edit = _written(prepared, lesson, current, draft)
    draft.updated_at, draft.updated_by_id = clock.db_now(), board.actor.id or None
    return draft, edit


def _no_draft(lesson: Lesson) -> LessonDraft:
    return LessonDraft(lesson_id=lesson.id, revision=0, problems=[])


def _written(
    prepared: PreparedText, lesson: Lesson, current: LessonText, draft: LessonDraft
) -> Edit:
    """Let the draft say what was prepared."""
    values = prepared.values
    if current.digest != prepared.source:
        values = drawn_text(_changed(prepared.change, current.blocks))
    shows = draft.revision == 0 or _shown(draft) != _shown(LessonDraft(**values))
    for name, value in values.items():
        setattr(draft, name, value)
    lesson.text_minutes = minutes_of(values)
    draft.revision += 1
    db.session.add(draft)
    return Edit(lesson, way_back(current.blocks, json.loads(values["blocks"])), shows)


def minutes_of(values: dict[str, Any]) -> int:
    """Return what a drawn text should take; a guess where it says nothing."""
    facts = values["facts"] if values["digest"] != NOTHING else None
    return facts["minutes"] if facts else GUESSED_MINUTES


def clean_block(block: Block) -> Block:
    """Return `block` as it would be stored; raises `Invalid`."""
    cleaned: list[Block] = json.loads(canonical_json(clean_body(parse_blocks([block]))))
    return cleaned[0]


def saved_block(saved: str, key: str) -> tuple[Block | None, str]:
    """Return a block of a text just saved, and what the next change of it must name."""
    block = find(json.loads(saved), key)
    return block, digest(block) if block else ""


def _changed(change: Change, blocks: list[Block]) -> list[Block]:
    try:
        return change.apply(blocks)
    except BlockChanged as other:
        raise StaleText(current=other.current, mine=other.mine) from other
    except NoSuchNeighbour as gone:
        raise StaleBoard from gone
    except Superseded as since:
        raise Overtaken from since


def drawn_text(blocks: list[Block]) -> dict[str, Any]:
    """Return the columns of a draft that says `blocks`."""
    body = clean_body(parse_blocks(blocks))
    drawn = render_body(body)
    facts = facts_of(body)
    return {
        "digest": body_hash(body),
        "blocks": canonical_json(body),
        "html": drawn.html,
        "text": drawn.text,
        "asset_ids": sorted(drawn.asset_ids),
        "facts": facts.to_json(),
        "problems": findings_of(body, facts),
    }


def _shown(draft: LessonDraft) -> tuple[Any, ...]:
    """Return what of a text the board tells: problems, what it refers to, how long it takes."""
    facts = draft.facts or {}
    return draft.problems, *(facts.get(name) for name in ("assets", "lessons", "minutes"))
