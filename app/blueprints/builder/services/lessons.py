"""Commands on the lessons of a board."""

from typing import Any

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
from app.blueprints.courses.models import Lesson, LessonKind
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _l

LONGEST_MINUTES = 24 * 60


def add_lesson(
    actor: Actor,
    *,
    course_id: int,
    module: str,
    title: str,
    after: str | None = None,
    key: str | None = None,
) -> BoardChange:
    """Add a lesson to a module, after another or last; raises `StaleBoard` and `Invalid`."""
    title = checked_title(title)
    board = open_board(actor, course_id)
    home = board.module(module)
    lessons = board.lessons(home)
    lesson = Lesson(
        version_id=board.version.id,
        module_id=home.id,
        key=key or new_key(),
        title=title,
        position=len(lessons),
    )
    last = lessons[-1].key if lessons else None
    renumber(put(lessons, lesson, after or last))
    db.session.add(lesson)
    return board.done(
        "add_lesson",
        _l("Lesson “%(title)s” added to “%(module)s”.", title=title, module=home.title),
        payload={"key": lesson.key, "title": title, "module": module},
        inverse={"kind": "remove_lesson", "key": lesson.key},
        lesson=lesson.key,
    )


def edit_lesson(
    actor: Actor,
    *,
    course_id: int,
    key: str,
    revision: int,
    title: str | None = None,
    minutes: int | None = None,
    is_required: bool | None = None,
    kind: str | None = None,
) -> BoardChange:
    """Change what a lesson's card shows; None leaves a value as it is.

    Raises `StaleBoard`, `StaleRow` and `Invalid`.
    """
    values = {
        "title": checked_title(title) if title is not None else None,
        "minutes": _checked_minutes(minutes) if minutes is not None else None,
        "is_required": is_required,
        "kind": LessonKind(kind) if kind is not None else None,
    }
    board = open_board(actor, course_id)
    lesson, _ = board.lesson(key)
    expect_revision(lesson, revision)
    return write_lesson(board, lesson, {k: v for k, v in values.items() if v is not None})


def write_lesson(board: Board, lesson: Lesson, values: dict[str, Any]) -> BoardChange:
    """Write values of a lesson that is known to be as it was shown."""
    before = {name: getattr(lesson, name) for name in values}
    for name, value in values.items():
        setattr(lesson, name, value)
    lesson.revision += 1
    return board.done(
        "edit_lesson",
        _l("Lesson “%(title)s” saved.", title=lesson.title),
        payload={"key": lesson.key, "values": values},
        inverse={
            "kind": "edit_lesson",
            "key": lesson.key,
            "values": before,
            "instead_of": values,
        },
        lesson=lesson.key,
    )


def move_lesson(
    actor: Actor, *, course_id: int, key: str, module: str, after: str | None
) -> BoardChange:
    """Put a lesson into a module, after another or first; raises `StaleBoard`."""
    board = open_board(actor, course_id)
    lesson, source = board.lesson(key)
    target = board.module(module)
    left = board.lessons(source)
    before = neighbour_before([other.key for other in left], key)
    ordered = put(board.lessons(target), lesson, after)
    if source is not target:
        renumber([other for other in left if other is not lesson])
        lesson.module_id = target.id
    renumber(ordered)
    return board.done(
        "move_lesson",
        _l(
            "Lesson “%(title)s” moved to position %(place)s of %(count)s in “%(module)s”.",
            title=lesson.title,
            place=ordered.index(lesson) + 1,
            count=len(ordered),
            module=target.title,
        ),
        payload={"key": key, "module": module, "after": after},
        inverse={"kind": "move_lesson", "key": key, "module": source.key, "after": before},
        lesson=key,
    )


def remove_lesson(actor: Actor, *, course_id: int, key: str) -> BoardChange:
    """Take a lesson off the board; its text is kept for undoing. Raises `StaleBoard`."""
    board = open_board(actor, course_id)
    lesson, module = board.lesson(key)
    lessons = board.lessons(module)
    before = neighbour_before([other.key for other in lessons], key)
    lesson.removed_at = clock.db_now()
    renumber([other for other in lessons if other is not lesson])
    return board.done(
        "remove_lesson",
        _l("Lesson “%(title)s” removed.", title=lesson.title),
        payload={"key": key},
        inverse={"kind": "restore_lesson", "key": key, "after": before},
        lesson=key,
    )


def restore_lesson(board: Board, *, key: str, after: str | None) -> BoardChange:
    """Bring a removed lesson back to its place, or last where its neighbour is gone."""
    lesson, module = board.lesson(key, removed=True)
    lessons = {other.key: other for other in [*board.lessons(module), lesson]}
    lesson.removed_at = None
    renumber([lessons[k] for k in placed_or_last(list(lessons), key, after)])
    return board.done(
        "restore_lesson",
        _l("Lesson “%(title)s” is back in “%(module)s”.", title=lesson.title, module=module.title),
        payload={"key": key},
        inverse={"kind": "remove_lesson", "key": key},
        lesson=key,
    )


def _checked_minutes(minutes: int) -> int:
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Invalid(fields={"minutes": _l("Give a number of minutes between 1 and 1,440.")})
    return minutes
