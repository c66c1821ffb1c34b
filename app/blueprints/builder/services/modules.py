"""Commands on the modules of a board."""

from app.blueprints.builder.rules.ordering import neighbour_before, placed_or_last
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import (
    Board,
    BoardChange,
    expect_revision,
    open_board,
    put,
    renumber,
)
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Module
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.i18n import lazy_gettext as _l


def add_module(
    actor: Actor, *, course_id: int, title: str, after: str | None = None, key: str | None = None
) -> BoardChange:
    """Add a module after another, or last; raises `StaleBoard` and `Invalid`."""
    title = checked_title(title)
    board = open_board(actor, course_id)
    modules = board.modules()
    module = Module(
        version_id=board.version.id, key=key or new_key(), title=title, position=len(modules)
    )
    last = modules[-1].key if modules else None
    renumber(put(modules, module, after or last))
    db.session.add(module)
    board.touch(module.key)
    return board.done(
        "add_module",
        _l("Module “%(title)s” added.", title=title),
        payload={"key": module.key, "title": title},
        inverse={"kind": "remove_module", "key": module.key},
    )


def rename_module(
    actor: Actor, *, course_id: int, key: str, title: str, revision: int
) -> BoardChange:
    """Give a module another title; raises `StaleBoard`, `StaleRow` and `Invalid`."""
    title = checked_title(title)
    board = open_board(actor, course_id)
    module = board.module(key)
    expect_revision(module, revision)
    return retitle_module(board, module, title)


def retitle_module(board: Board, module: Module, title: str) -> BoardChange:
    """Write the title of a module that is known to be as it was shown."""
    before, module.title = module.title, title
    module.revision += 1
    return board.done(
        "rename_module",
        _l("Module renamed to “%(title)s”.", title=title),
        payload={"key": module.key, "title": title},
        inverse={"kind": "rename_module", "key": module.key, "title": before, "instead_of": title},
    )


def move_module(actor: Actor, *, course_id: int, key: str, after: str | None) -> BoardChange:
    """Put a module after another, or first; raises `StaleBoard`."""
    board = open_board(actor, course_id)
    module = board.module(key)
    modules = board.modules()
    before = neighbour_before([other.key for other in modules], key)
    ordered = put(modules, module, after)
    renumber(ordered)
    return board.done(
        "move_module",
        _l(
            "Module “%(title)s” moved to place %(place)s of %(count)s.",
            title=module.title,
            place=ordered.index(module) + 1,
            count=len(ordered),
        ),
        payload={"key": key, "after": after},
        inverse={"kind": "move_module", "key": key, "after": before},
    )


def remove_module(actor: Actor, *, course_id: int, key: str) -> BoardChange:
    """Take a module off the board with its lessons; undoing brings all back. `StaleBoard`."""
    board = open_board(actor, course_id)
    module = board.module(key)
    modules = board.modules()
    before = neighbour_before([other.key for other in modules], key)
    module.removed_at = clock.db_now()
    renumber([other for other in modules if other is not module])
    return board.done(
        "remove_module",
        _l("Module “%(title)s” removed.", title=module.title),
        payload={"key": key},
        inverse={"kind": "restore_module", "key": key, "after": before},
    )


def restore_module(board: Board, *, key: str, after: str | None) -> BoardChange:
    """Bring a removed module back to its place, or last where its neighbour is gone."""
    module = board.module(key, removed=True)
    modules = {other.key: other for other in [*board.modules(), module]}
    module.removed_at = None
    renumber([modules[k] for k in placed_or_last(list(modules), key, after)])
    return board.done(
        "restore_module",
        _l("Module “%(title)s” is back.", title=module.title),
        payload={"key": key},
        inverse={"kind": "remove_module", "key": key},
    )
