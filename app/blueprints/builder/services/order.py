"""The whole order of a board at once."""

from app.blueprints.builder.errors import StaleBoard
from app.blueprints.builder.rules.ordering import same_keys
from app.blueprints.builder.services.frame import Board, BoardChange, open_board, renumber
from app.blueprints.courses.models import Lesson, Module
from app.core.actor import Actor
from app.core.i18n import lazy_gettext as _l

Order = list[tuple[str, list[str]]]


def reorder(actor: Actor, *, course_id: int, board_revision: int, order: Order) -> BoardChange:
    """Give every module and lesson its place; `order` holds all keys, each once.

    Raises `StaleBoard` unless the board is at `board_revision` and has the same keys.
    """
    board = open_board(actor, course_id)
    if board.version.board_revision != board_revision:
        raise StaleBoard
    return apply_order(board, order)


def apply_order(board: Board, order: Order) -> BoardChange:
    """Write a whole order; raises `StaleBoard` where the keys differ from the board's."""
    modules = {module.key: module for module in board.modules()}
    columns = {key: board.lessons(module) for key, module in modules.items()}
    before: Order = [(key, [lesson.key for lesson in columns[key]]) for key in modules]
    lessons = {lesson.key: lesson for column in columns.values() for lesson in column}
    wanted = [key for _, keys in order for key in keys]
    if not same_keys([key for key, _ in order], list(modules)) or not same_keys(
        wanted, list(lessons)
    ):
        raise StaleBoard
    _write(order, modules, lessons)
    for key in modules:
        board.touch(key)
    return board.done(
        "reorder",
        _l("The board is in its new order."),
        payload={"order": order},
        inverse={"kind": "reorder", "order": before},
    )


def _write(order: Order, modules: dict[str, Module], lessons: dict[str, Lesson]) -> None:
    renumber([modules[key] for key, _ in order])
    for module_key, keys in order:
        column = [lessons[key] for key in keys]
        for lesson in column:
            lesson.module_id = modules[module_key].id
        renumber(column)
