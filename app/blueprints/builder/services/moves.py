"""Commands on where lessons stand: moving, removing, bringing back, one or several at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.lessons import some
from app.blueprints.builder.services.placing import Place, go_back, place, way_back
from app.blueprints.courses.models import Lesson, Module
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

_KINDS = {"moved": "move", "removed": "remove", "restored": "restore"}


def move_lesson(
    actor: Actor, *, course_id: int, key: str, module: str, after: str | None
) -> BoardChange:
    """Put a lesson into a module, after another or first; raises `StaleBoard` and `Unchanged`."""
    return move_lessons(actor, course_id=course_id, keys=[key], module=module, after=after)


def move_lessons(
    actor: Actor, *, course_id: int, keys: Iterable[str], module: str, after: str | None
) -> BoardChange:
    """Put lessons into a module, in the order of the board, after another or first.

    All of them or none. Raises `StaleBoard`, `Unchanged`, and `Invalid` for no lesson.
    """
    board = open_board(actor, course_id)
    ordered = [lesson.key for lesson, _ in board.chosen(some(keys))]
    neighbours = [after, *ordered]
    places = [
        Place(key, module, neighbour) for key, neighbour in zip(ordered, neighbours, strict=False)
    ]
    before = place(board, places)
    if [(one.module, one.after) for one in before] == [(one.module, one.after) for one in places]:
        raise Unchanged
    return _settled(board, before)


def remove_lesson(actor: Actor, *, course_id: int, key: str) -> BoardChange:
    """Take a lesson off the board; its text is kept for undoing. Raises `StaleBoard`."""
    return remove_lessons(actor, course_id=course_id, keys=[key])


def remove_lessons(actor: Actor, *, course_id: int, keys: Iterable[str]) -> BoardChange:
    """Take lessons off the board, all or none; raises `StaleBoard`, and `Invalid` for none."""
    board = open_board(actor, course_id)
    chosen = board.chosen(some(keys))
    return _settled(board, place(board, [Place(lesson.key, None) for lesson, _ in chosen]))


def restore_lesson(board: Board, *, key: str, after: str | None) -> BoardChange:
    """Bring a removed lesson back to its place, or last where its neighbour is gone."""
    [(_, module)] = board.chosen([key], removed=True)
    return _settled(board, place(board, [Place(key, module.key, after)], strict=False))


def replace_lessons(board: Board, **inverse: Any) -> BoardChange:
    """Put lessons back where they stood; raises `Overtaken` and `StaleBoard`."""
    return _settled(board, go_back(board, **inverse))


def _settled(board: Board, before: Sequence[Place]) -> BoardChange:
    """Record that lessons have left the places `before`."""
    keys = [one.key for one in before]
    lesson, module = db.session.execute(
        select(Lesson, Module)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.version_id == board.version.id, Lesson.key == keys[0])
    ).one()
    what = "removed" if lesson.removed_at else "moved" if before[0].module else "restored"
    count = len(keys)
    return board.done(
        f"{_KINDS[what]}_lesson" + ("s" if count > 1 else ""),
        _one_said(board, what, lesson, module) if count == 1 else _all_said(what, count, module),
        payload={"keys": keys},
        inverse=way_back(board, before),
        lesson=lesson.key,
    )


def _one_said(board: Board, what: str, lesson: Lesson, module: Module) -> Text:
    if what == "removed":
        return _l("Lesson “%(title)s” removed.", title=lesson.title)
    if what == "restored":
        return _l(
            "Lesson “%(title)s” is back in “%(module)s”.", title=lesson.title, module=module.title
        )
    return _l(
        "Lesson “%(title)s” moved to position %(place)s of %(count)s in “%(module)s”.",
        title=lesson.title,
        place=lesson.position + 1,
        count=len(board.lessons(module)),
        module=module.title,
    )


def _all_said(what: str, count: int, module: Module) -> Text:
    if what == "removed":
        return _l("%(count)s lessons removed.", count=count)
    if what == "restored":
        return _l("%(count)s lessons are back.", count=count)
    return _l("%(count)s lessons moved to “%(module)s”.", count=count, module=module.title)
