"""The whole order of a board at once."""

from collections.abc import Mapping

from app.blueprints.builder.errors import Overtaken, StaleBoard, Unchanged
from app.blueprints.builder.rules.ordering import same_keys
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.positions import renumber
from app.blueprints.courses.models import Lesson, Module
from app.core.actor import Actor
from app.core.i18n import lazy_gettext as _l

Order = list[tuple[str, list[str]]]
Modules = dict[str, Module]
Lessons = dict[str, Lesson]
# Stamps of modules and of lessons, by key.
Stamps = list[dict[str, int]]


def reorder(actor: Actor, *, course_id: int, board_revision: int, order: Order) -> BoardChange:
    """Give every module and lesson its place; `order` holds all keys, each once.

    Raises `StaleBoard` unless the board is at `board_revision` and has the same keys, and
    `Unchanged`.
    """
    board = open_board(actor, course_id)
    if board.version.board_revision != board_revision:
        raise StaleBoard
    rows = _rows(board)
    if _order_of(*rows) == order:
        raise Unchanged
    return _write(board, order, rows)


def order_again(board: Board, *, order: Order, expects: Stamps, stamps: Stamps) -> BoardChange:
    """Bring an earlier order back; raises `Overtaken` where somebody moved anything since."""
    rows = _rows(board)
    stamped = [_stamps(rows[0]), _stamps(rows[1])]
    if stamped != expects:
        raise Overtaken
    return _write(board, order, rows, stamps)


def _rows(board: Board) -> tuple[Modules, Lessons]:
    """Return the modules and the lessons of the board by key, both in order."""
    modules = {module.key: module for module in board.modules()}
    lessons = [lesson for module in modules.values() for lesson in board.lessons(module)]
    return modules, {lesson.key: lesson for lesson in lessons}


def _write(
    board: Board, order: Order, rows: tuple[Modules, Lessons], stamps: Stamps | None = None
) -> BoardChange:
    """Write a whole order; raises `StaleBoard` where the keys differ from the board's."""
    modules, lessons = rows
    wanted = [key for _, keys in order for key in keys]
    if not same_keys([key for key, _ in order], list(modules)) or not same_keys(
        wanted, list(lessons)
    ):
        raise StaleBoard
    before = _order_of(modules, lessons)
    earlier = [_stamps(modules), _stamps(lessons)]
    given = stamps or [dict.fromkeys(modules, board.stamp), dict.fromkeys(lessons, board.stamp)]
    for module in modules.values():
        module.placed_by = given[0][module.key]
    for lesson in lessons.values():
        lesson.placed_by = given[1][lesson.key]
    _number(order, modules, lessons)
    for key in modules:
        board.touch(key)
    board.structural = True
    return board.done(
        "reorder",
        _l("The board is in its new order."),
        payload={"order": order},
        inverse={"kind": "reorder", "order": before, "expects": given, "stamps": earlier},
    )


def _stamps(rows: Mapping[str, Module | Lesson]) -> dict[str, int]:
    return {key: row.placed_by for key, row in rows.items()}


def _order_of(modules: Modules, lessons: Lessons) -> Order:
    return [
        (key, [other for other, lesson in lessons.items() if lesson.module_id == module.id])
        for key, module in modules.items()
    ]


def _number(order: Order, modules: Modules, lessons: Lessons) -> None:
    renumber([modules[key] for key, _ in order])
    for module_key, keys in order:
        column = [lessons[key] for key in keys]
        for lesson in column:
            lesson.module_id = modules[module_key].id
        renumber(column)
