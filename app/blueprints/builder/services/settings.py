"""A lesson's settings as its page saves them by itself, each for itself."""

from typing import Any

from app.blueprints.builder.errors import NoFieldSaved
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.rules.fields import Field, Unsaved, Values, cleaned, settled
from app.blueprints.builder.services.frame import Board, open_board
from app.blueprints.builder.services.lessons import (
    clean_setting,
    columns_of,
    give,
    said_of,
    write_lesson,
)
from app.blueprints.builder.services.sittings import go_on, sitting_of
from app.blueprints.courses.models import Lesson
from app.blueprints.courses.queries import placed_lessons
from app.blueprints.courses.rules.release import check_waiting
from app.core.actor import Actor
from app.core.errors import Invalid, Text

FORM = "settings"


def save_settings(actor: Actor, *, course_id: int, key: str, fields: dict[str, Field]) -> Unsaved:
    """Write those of the settings that nobody else changed since; return what is not saved.

    Those of one sitting are one operation. Raises `StaleBoard` and `NoFieldSaved`.
    """
    clean, refused = cleaned(fields, clean_setting)
    board = open_board(actor, course_id)
    lesson, _ = board.lesson(key)
    changes, others = settled({name: _now(lesson, name) for name in clean}, clean)
    if endless := _endless(board, lesson, changes):
        refused |= endless
        del changes["release"]
    if not changes:
        raise NoFieldSaved(others, refused)
    last = sitting_of(board, "edit_lesson", lesson=key, form=FORM)
    if last is None:
        write_lesson(board, lesson, columns_of(changes), form=FORM)
    else:
        _go_on(board, lesson, columns_of(changes), last)
    return Unsaved(others, refused)


def _now(lesson: Lesson, name: str) -> Any:
    if name == "completion":
        return lesson.completion_rule, lesson.completion_seconds
    if name == "minutes":
        return lesson.own_minutes or 0
    return getattr(lesson, name)


def _endless(board: Board, lesson: Lesson, changes: Values) -> dict[str, Text]:
    """Return why the lesson could not open as it is to open, if it could not."""
    try:
        check_waiting(lesson.key, changes.get("release", {}), placed_lessons(board.version.id))
    except Invalid as error:
        return error.fields
    return {}


def _go_on(board: Board, lesson: Lesson, changes: Values, last: BuilderOperation) -> None:
    [[_, first, written]] = (last.inverse or {})["edits"]
    [[key, before, _]] = give([(lesson, changes)])
    edits = [[key, {**before, **first}, {**written, **changes}]]
    go_on(board, last, said_of(lesson), {"kind": "edit_lessons", "edits": edits})
