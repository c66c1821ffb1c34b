"""Commands on the modules of a board."""

from typing import Any

from app.blueprints.builder.errors import Overtaken, Unchanged
from app.blueprints.builder.rules.ordering import neighbour_before
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import Board, BoardChange, expect_revision, open_board
from app.blueprints.builder.services.placing import contents, expect_stamps
from app.blueprints.builder.services.positions import put, renumber
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Module
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l


def add_module(
    actor: Actor, *, course_id: int, title: str, after: str | None = None, key: str | None = None
) -> BoardChange:
    """Add a module after another, or last; raises `StaleBoard` and `Invalid`."""
    title = checked_title(title)
    board = open_board(actor, course_id)
    module = stand(board, Module(key=key or new_key(), title=title), after=after)
    return board.done(
        "add_module",
        _l("Module “%(title)s” added.", title=title),
        payload={"key": module.key, "title": title},
        inverse=away_again(board, module),
    )


def stand(board: Board, module: Module, *, after: str | None) -> Module:
    """Give a new module its place, after another or last; raises `StaleBoard`."""
    modules = board.modules()
    last = modules[-1].key if modules else None
    module.version_id, module.position = board.version.id, len(modules)
    module.placed_by = board.stamp
    renumber(put(modules, module, after or last))
    db.session.add(module)
    db.session.flush()
    board.touch(module.key)
    board.structural = True
    return module


def rename_module(
    actor: Actor, *, course_id: int, key: str, title: str, revision: int
) -> BoardChange:
    """Give a module another title; raises `StaleBoard`, `StaleRow`, `Invalid`, `Unchanged`."""
    title = checked_title(title)
    board = open_board(actor, course_id)
    module = board.module(key)
    expect_revision(module, revision)
    if module.title == title:
        raise Unchanged
    return _retitled(board, module, title)


def untitle_module(board: Board, *, key: str, title: str, instead_of: str) -> BoardChange:
    """Give a module its earlier title back; raises `Overtaken` where it has another by now."""
    module = board.module(key)
    if module.title != instead_of:
        raise Overtaken
    return _retitled(board, module, title)


def move_module(actor: Actor, *, course_id: int, key: str, after: str | None) -> BoardChange:
    """Put a module after another, or first; raises `StaleBoard` and `Unchanged`."""
    board = open_board(actor, course_id)
    module = board.module(key)
    if neighbour_before([other.key for other in board.modules()], key) == after:
        raise Unchanged
    return _moved(board, module, after, board.stamp)


def remove_module(actor: Actor, *, course_id: int, key: str) -> BoardChange:
    """Take a module off the board with its lessons; undoing brings all back. `StaleBoard`."""
    board = open_board(actor, course_id)
    return _removed(board, board.module(key), board.stamp)


def restore_module(board: Board, *, key: str, after: str | None) -> BoardChange:
    """Bring a removed module back to its place, or last where its neighbour is gone."""
    return _restored(board, board.module(key, removed=True), after, board.stamp)


def replace_module(
    board: Board, *, key: str, to: str, after: str | None, stamps: list[int], was: list[Any] | None
) -> BoardChange:
    """Put a module back `to` where it was; raises `Overtaken` and `StaleBoard`.

    `stamps` are the one that it must have and the one that it gets.
    """
    expected, stamp = stamps
    module = board.module(key, removed=to == "back")
    expect_stamps({key: expected}, [module])
    if to == "back":
        return _restored(board, module, after, stamp)
    if to == "moved":
        return _moved(board, module, after, stamp, strict=False)
    if was != _inside(board, module):
        raise Overtaken  # somebody has worked in it since; removing that is another act
    return _removed(board, module, stamp)


def away_again(board: Board, module: Module, stamp: int = 0) -> dict[str, Any]:
    """Return the inverse of adding a module with what is in it now."""
    return _inverse(module, "away", None, stamp, _inside(board, module))


def _moved(
    board: Board, module: Module, after: str | None, stamp: int, *, strict: bool = True
) -> BoardChange:
    modules = board.modules()
    before = neighbour_before([other.key for other in modules], module.key)
    ordered = put(modules, module, after, strict=strict)
    earlier, module.placed_by = module.placed_by, stamp
    renumber(ordered)
    return board.done(
        "move_module",
        _l(
            "Module “%(title)s” moved to place %(place)s of %(count)s.",
            title=module.title,
            place=ordered.index(module) + 1,
            count=len(ordered),
        ),
        payload={"key": module.key},
        inverse=_inverse(module, "moved", before, earlier),
    )


def _removed(board: Board, module: Module, stamp: int) -> BoardChange:
    modules = board.modules()
    before = neighbour_before([other.key for other in modules], module.key)
    module.removed_at = clock.db_now()
    renumber([other for other in modules if other is not module])
    earlier, module.placed_by = module.placed_by, stamp
    back = _inverse(module, "back", before, earlier)
    message = _l("Module “%(title)s” removed.", title=module.title)
    return _came_or_went(board, "remove_module", module, message, back)


def _restored(board: Board, module: Module, after: str | None, stamp: int) -> BoardChange:
    module.removed_at = None
    renumber(put([m for m in board.modules() if m is not module], module, after, strict=False))
    earlier, module.placed_by = module.placed_by, stamp
    message = _l("Module “%(title)s” is back.", title=module.title)
    away = away_again(board, module, earlier)
    return _came_or_went(board, "restore_module", module, message, away)


def _came_or_went(
    board: Board, kind: str, module: Module, message: Text, inverse: dict[str, Any]
) -> BoardChange:
    board.structural = True
    return board.done(kind, message, payload={"key": module.key}, inverse=inverse)


def _retitled(board: Board, module: Module, title: str) -> BoardChange:
    before, module.title = module.title, title
    module.revision += 1
    return board.done(
        "rename_module",
        _l("Module renamed to “%(title)s”.", title=title),
        payload={"key": module.key, "title": title},
        inverse={"kind": "rename_module", "key": module.key, "title": before, "instead_of": title},
    )


def _inverse(
    module: Module, to: str, after: str | None, stamp: int, was: list[Any] | None = None
) -> dict[str, Any]:
    return {
        "kind": "place_module",
        "key": module.key,
        "to": to,
        "after": after,
        "stamps": [module.placed_by, stamp],
        "was": was,
    }


def _inside(board: Board, module: Module) -> list[Any]:
    """Return what a module is and holds, to tell whether somebody has worked in it since."""
    keys = [lesson.key for lesson in board.lessons(module)]
    return [module.title, module.description, keys, contents(board, keys)]
