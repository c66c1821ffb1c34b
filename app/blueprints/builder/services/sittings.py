"""How edits of texts are recorded: those of one person in one sitting are one operation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.builder.rules.text_history import RestoreBlocks, joined
from app.blueprints.builder.services.frame import Board, BoardChange
from app.blueprints.courses.models import Lesson
from app.core import clock
from app.core.db import db
from app.core.i18n import lazy_gettext as _l

ONE_SITTING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that was stored: of which lesson, the way back, whether the board shows it."""

    lesson: Lesson
    back: RestoreBlocks
    shows: bool


def record(board: Board, edit: Edit) -> BoardChange:
    """Record an edit as an operation, with what takes it back."""
    return board.done(
        "edit_text",
        _l("Text of “%(title)s” changed.", title=edit.lesson.title),
        payload={},
        inverse=_inverse(edit, edit.back),
        lesson=edit.lesson.key,
        shows=edit.shows,
    )


def sitting_of(board: Board, edit: Edit) -> BuilderOperation | None:
    """Return the operation that `edit` goes on: what the same person did just before."""
    statement = (
        select(BuilderOperation)
        .where(BuilderOperation.version_id == board.version.id)
        .order_by(BuilderOperation.sequence.desc())
        .limit(1)
    )
    last = db.session.execute(statement).scalar_one_or_none()
    goes_on = (
        last is not None
        and last.kind == "edit_text"
        and last.mode is Mode.DO
        and last.inverse is not None
        and last.actor_id == (board.actor.id or None)
        and last.payload.get("lesson") == edit.lesson.key
        and clock.now() - last.at < ONE_SITTING
    )
    return last if goes_on else None


def go_on(board: Board, edit: Edit, last: BuilderOperation) -> None:
    """Let `last` be this edit as well; where the board shows it, others have yet to hear of it."""
    kept = last.inverse or {}
    first = RestoreBlocks(**{name: kept[name] for name in RestoreBlocks.__slots__})
    last.inverse = _inverse(edit, joined(first, edit.back))
    board.version.revision += 1
    if edit.shows:
        board.version.board_revision += 1
        board.version.sequence += 1
        last.sequence = board.version.sequence
    db.session.flush()


def _inverse(edit: Edit, back: RestoreBlocks) -> dict[str, Any]:
    return {"kind": "edit_text", "lesson": edit.lesson.key, **back.to_json()}
