"""What pages save by themselves: the edits of one person in one sitting are one operation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.builder.rules.text_history import RestoreBlocks, joined
from app.blueprints.builder.services.frame import Board, BoardChange
from app.blueprints.courses.models import Lesson
from app.core import clock
from app.core.db import db
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.i18n import stored

ONE_SITTING = timedelta(minutes=5)
_LAST = (
    select(BuilderOperation)
    .where(BuilderOperation.version_id == bindparam("version"))
    .order_by(BuilderOperation.sequence.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that was stored: of which lesson, the way back, whether the board shows it."""

    lesson: Lesson
    back: RestoreBlocks
    shows: bool


def record(board: Board, edit: Edit) -> BoardChange:
    """Record an edit of a text as an operation, with what takes it back."""
    return board.done(
        "edit_text",
        _said(edit),
        payload={},
        inverse=_inverse(edit.lesson.key, edit.back),
        lesson=edit.lesson.key,
        shows=edit.shows,
    )


def go_on_with_text(board: Board, edit: Edit, last: BuilderOperation) -> None:
    """Let `last` be this edit of a text as well."""
    kept = last.inverse or {}
    first = RestoreBlocks(**{name: kept[name] for name in RestoreBlocks.__slots__})
    inverse = _inverse(edit.lesson.key, joined(first, edit.back))
    go_on(board, last, _said(edit), inverse, shows=edit.shows)


def sitting_of(
    board: Board, kind: str, *, lesson: str | None = None, form: str | None = None
) -> BuilderOperation | None:
    """Return the operation that one of that kind goes on: what the same person did just before.

    `form` is the form that saves its fields by itself, so that what was done by a command of its
    own stays an operation of its own.
    """
    last = db.session.execute(_LAST, {"version": board.version.id}).scalar_one_or_none()
    goes_on = (
        last is not None
        and last.kind == kind
        and last.mode is Mode.DO
        and last.inverse is not None
        and last.actor_id == (board.actor.id or None)
        and last.payload.get("lesson") == lesson
        and last.payload.get("form") == form
        and clock.now() - last.at < ONE_SITTING
    )
    return last if goes_on else None


def go_on(
    board: Board,
    last: BuilderOperation,
    message: Text,
    inverse: dict[str, Any],
    *,
    shows: bool = True,
) -> None:
    """Let `last` be one more change; where the board shows it, others have yet to hear of it."""
    last.inverse = inverse
    last.payload = {**last.payload, "said": stored(message)}
    board.version.revision += 1
    if shows:
        board.version.board_revision += 1
        board.version.sequence += 1
        last.sequence = board.version.sequence
    db.session.flush()


def _inverse(lesson: str, back: RestoreBlocks) -> dict[str, Any]:
    return {"kind": "edit_text", "lesson": lesson, **back.to_json()}


def _said(edit: Edit) -> Text:
    return _l("Text of “%(title)s” changed.", title=edit.lesson.title)
