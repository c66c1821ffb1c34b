"""Commands on where lessons stand: moving, removing, bringing back, one or several at once."""

from collections.abc import Iterable
from typing import Any

from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.lessons import some
from app.blueprints.builder.services.placing import Place, Placed, go_back, place, way_back
from app.blueprints.courses.models import Lesson
from app.core.actor import Actor
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
    rows = [lesson for lesson, _ in board.chosen(some(keys))]
    neighbours = [after, *(lesson.key for lesson in rows)]
    places = [
        Place(lesson.key, module, neighbour)
        for lesson, neighbour in zip(rows, neighbours, strict=False)
    ]
    placed = place(board, rows, places)
    had = [(one.module, one.after) for one in placed.before]
    if had == [(one.module, one.after) for one in places]:
        raise Unchanged
    return _settled(board, placed)


def remove_lesson(actor: Actor, *, course_id: int, key: str) -> BoardChange:
    """Take a lesson off the board; its text is kept for undoing. Raises `StaleBoard`."""
    return remove_lessons(actor, course_id=course_id, keys=[key])


def remove_lessons(actor: Actor, *, course_id: int, keys: Iterable[str]) -> BoardChange:
    """Take lessons off the board, all or none; raises `StaleBoard`, and `Invalid` for none."""
    board = open_board(actor, course_id)
    rows = [lesson for lesson, _ in board.chosen(some(keys))]
    return _settled(board, place(board, rows, [Place(lesson.key, None) for lesson in rows]))


def restore_lesson(board: Board, *, key: str, after: str | None) -> BoardChange:
    """Bring a removed lesson back to its place, or last where its neighbour is gone."""
    [(lesson, module)] = board.chosen([key], removed=True)
    places = [Place(key, module.key, after)]
    return _settled(board, place(board, [lesson], places, strict=False))


def replace_lessons(board: Board, **inverse: Any) -> BoardChange:
    """Put lessons back where they stood; raises `Overtaken` and `StaleBoard`."""
    return _settled(board, go_back(board, **inverse))


def _settled(board: Board, placed: Placed) -> BoardChange:
    """Record that lessons have left the places that they had."""
    first, count = placed.before[0], len(placed.before)
    lesson = placed.lessons[first.key]
    what = "removed" if lesson.removed_at else "moved" if first.module else "restored"
    return board.done(
        f"{_KINDS[what]}_lesson" + ("s" if count > 1 else ""),
        _one_said(what, lesson, placed) if count == 1 else _all_said(what, lesson, placed),
        payload={"keys": [one.key for one in placed.before]},
        inverse=way_back(board, placed.before, placed.lessons.values()),
        lesson=lesson.key,
    )


def _one_said(what: str, lesson: Lesson, placed: Placed) -> Text:
    if what == "removed":
        return _l("Lesson “%(title)s” removed.", title=lesson.title)
    module = placed.home(lesson)
    if what == "restored":
        return _l(
            "Lesson “%(title)s” is back in “%(module)s”.", title=lesson.title, module=module.title
        )
    return _l(
        "Lesson “%(title)s” moved to position %(place)s of %(count)s in “%(module)s”.",
        title=lesson.title,
        place=lesson.position + 1,
        count=len(placed.columns[module.key]),
        module=module.title,
    )


def _all_said(what: str, lesson: Lesson, placed: Placed) -> Text:
    count = len(placed.before)
    if what == "removed":
        return _l("%(count)s lessons removed.", count=count)
    if what == "restored":
        return _l("%(count)s lessons are back.", count=count)
    title = placed.home(lesson).title
    return _l("%(count)s lessons moved to “%(module)s”.", count=count, module=title)
