"""Taking operations back, and doing them again.

An operation's inverse is carried out as an operation of its own, whose inverse does the first
again. One that would change what somebody has changed since is refused: nothing is overwritten.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.blueprints.builder.errors import Overtaken, StaleBoard
from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.builder.queries.operations import find_operation
from app.blueprints.builder.rules.text_history import RestoreBlocks
from app.blueprints.builder.services.basics import unedit_basics
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.lessons import unedit_lessons
from app.blueprints.builder.services.modules import replace_module, untitle_module
from app.blueprints.builder.services.moves import replace_lessons
from app.blueprints.builder.services.order import order_again
from app.blueprints.builder.services.texts import PreparedText, prepare_text, restore_text
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.i18n import lazy_gettext as _l


def prepare_undo(actor: Actor, *, course_id: int, sequence: int) -> PreparedText | None:
    """Draw the text that taking an operation back leaves; call it before `writing()`.

    None for operations on anything else. Raises `NotFound`, `Forbidden` and `Overtaken`.
    """
    operation = find_operation(course_id, sequence)
    inverse = dict(operation.inverse or {}) if operation else {}
    if inverse.pop("kind", "") != "edit_text":
        return None
    lesson = inverse.pop("lesson")
    try:
        return prepare_text(
            actor, course_id=course_id, lesson=lesson, change=RestoreBlocks(**inverse)
        )
    except NotFound as gone:
        raise Overtaken from gone


def undo(
    actor: Actor, *, course_id: int, sequence: int, text: PreparedText | None = None
) -> BoardChange:
    """Take operation `sequence` of the working version back; what took one back does it again.

    `text` is what `prepare_undo` returned. Raises `NotFound`, `Conflict` where it cannot be taken
    back (again), and `Overtaken` where somebody has changed the same thing since.
    """
    board = open_board(actor, course_id)
    statement = select(BuilderOperation).filter_by(version_id=board.version.id, sequence=sequence)
    operation = db.session.execute(statement).scalar_one_or_none()
    if operation is None:
        raise NotFound
    if operation.inverse is None or operation.undone_at is not None:
        raise Conflict(_l("This has been undone already, or cannot be."))
    board.mode = Mode.REDO if operation.mode is Mode.UNDO else Mode.UNDO
    board.undoes = sequence
    change = _carried_out(board, dict(operation.inverse), text)
    operation.undone_at = clock.db_now()
    return change


def _carried_out(board: Board, inverse: dict[str, Any], text: PreparedText | None) -> BoardChange:
    kind = inverse.pop("kind")
    try:
        if text is not None:
            return restore_text(board, text)
        return _INVERSES[kind](board, **inverse)
    except Overtaken:
        raise
    except StaleBoard as gone:
        raise Overtaken from gone


_INVERSES: dict[str, Callable[..., BoardChange]] = {
    "place_lessons": replace_lessons,
    "place_module": replace_module,
    "edit_lessons": unedit_lessons,
    "rename_module": untitle_module,
    "edit_basics": unedit_basics,
    "reorder": order_again,
}
