"""Taking one operation back."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.blueprints.builder.errors import StaleBoard, StaleRow
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.rules.ordering import placed_or_last
from app.blueprints.builder.services import lessons, modules
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.order import apply_order
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.i18n import lazy_gettext as _l


def undo(actor: Actor, *, course_id: int, sequence: int) -> BoardChange:
    """Take operation `sequence` of the working version back, once.

    Raises `NotFound`, `Conflict` where it cannot be undone, `StaleBoard` and `StaleRow` where
    somebody has changed the same thing since.
    """
    board = open_board(actor, course_id)
    statement = select(BuilderOperation).filter_by(version_id=board.version.id, sequence=sequence)
    operation = db.session.execute(statement).scalar_one_or_none()
    if operation is None:
        raise NotFound
    if operation.inverse is None or operation.undone_at is not None:
        raise Conflict(_l("This has been undone already, or cannot be."))
    inverse = dict(operation.inverse)
    change = _INVERSES[inverse.pop("kind")](board, **inverse)
    operation.undone_at = clock.db_now()
    return change


def _move_module(board: Board, *, key: str, after: str | None) -> BoardChange:
    order = placed_or_last([module.key for module in board.modules()], key, after)
    at = order.index(key)
    neighbour = order[at - 1] if at else None
    return modules.move_module(board.actor, course_id=board.course.id, key=key, after=neighbour)


def _move_lesson(board: Board, *, key: str, module: str, after: str | None) -> BoardChange:
    column = [lesson.key for lesson in board.lessons(board.module(module))]
    order = placed_or_last(column, key, after)
    at = order.index(key)
    return lessons.move_lesson(
        board.actor,
        course_id=board.course.id,
        key=key,
        module=module,
        after=order[at - 1] if at else None,
    )


def _rename_module(board: Board, *, key: str, title: str, instead_of: str) -> BoardChange:
    module = board.module(key)
    if module.title != instead_of:
        raise StaleRow
    return modules.retitle_module(board, module, title)


def _edit_lesson(
    board: Board, *, key: str, values: dict[str, Any], instead_of: dict[str, Any]
) -> BoardChange:
    lesson, _ = board.lesson(key)
    if any(getattr(lesson, name) != value for name, value in instead_of.items()):
        raise StaleRow
    return lessons.write_lesson(board, lesson, values)


def _remove_module(board: Board, *, key: str) -> BoardChange:
    if board.lessons(board.module(key)):
        raise StaleBoard  # somebody has put lessons into it since; removing these is another act
    return modules.remove_module(board.actor, course_id=board.course.id, key=key)


def _remove_lesson(board: Board, *, key: str) -> BoardChange:
    return lessons.remove_lesson(board.actor, course_id=board.course.id, key=key)


def _reorder(board: Board, *, order: list[list[Any]]) -> BoardChange:
    return apply_order(board, [(module, keys) for module, keys in order])


_INVERSES: dict[str, Callable[..., BoardChange]] = {
    "move_module": _move_module,
    "move_lesson": _move_lesson,
    "rename_module": _rename_module,
    "edit_lesson": _edit_lesson,
    "remove_module": _remove_module,
    "remove_lesson": _remove_lesson,
    "restore_module": modules.restore_module,
    "restore_lesson": lessons.restore_lesson,
    "reorder": _reorder,
}
