"""Commands on what lessons are: adding and editing them, one or several as one operation."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.blueprints.builder.errors import Overtaken, Unchanged
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import Board, BoardChange, expect_revision, open_board
from app.blueprints.builder.services.placing import Place, way_back
from app.blueprints.builder.services.positions import put, renumber
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import CompletionRule, Lesson, LessonKind
from app.blueprints.courses.queries import placed_lessons
from app.blueprints.courses.rules.release import Release, check_waiting
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, Text
from app.core.i18n import lazy_gettext as _l

LONGEST_MINUTES = 24 * 60
Values = dict[str, Any]


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
        placed_by=board.stamp,
    )
    last = lessons[-1].key if lessons else None
    renumber(put(lessons, lesson, after or last))
    db.session.add(lesson)
    db.session.flush()
    return board.done(
        "add_lesson",
        _l("Lesson “%(title)s” added to “%(module)s”.", title=title, module=home.title),
        payload={"key": lesson.key, "title": title, "module": module},
        inverse=way_back(board, [Place(lesson.key, None, None, 0)], [lesson]),
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
    completion: tuple[CompletionRule, int | None] | None = None,
    release: Release | None = None,
) -> BoardChange:
    """Change a lesson's settings; None leaves a value as it is. Completion is a rule and seconds.

    No `minutes`, 0, let its text tell how long it takes.

    Raises `StaleBoard`, `StaleRow`, `Invalid` and `Unchanged`.
    """
    wanted = {
        "title": title,
        "minutes": minutes,
        "is_required": is_required,
        "kind": kind,
        "completion": completion,
        "release": release,
    }
    sent = {name: clean_setting(name, value) for name, value in wanted.items() if value is not None}
    board = open_board(actor, course_id)
    lesson, _ = board.lesson(key)
    expect_revision(lesson, revision)
    if release is not None:
        check_waiting(key, release, placed_lessons(board.version.id))
    changed = columns_of(sent)
    _expect_change([lesson], changed)
    return write_lesson(board, lesson, changed)


def clean_setting(name: str, value: Any) -> Any:
    """Return what one of a lesson's settings holds as it is stored; raises `Invalid`."""
    match name:
        case "title":
            return checked_title(value)
        case "minutes":
            return _checked_minutes(value)
        case "kind":
            return LessonKind(value)
        case _:
            return value


def columns_of(settings: Values) -> Values:
    """Return settings by the columns that hold them: no minutes of its own are stored as None."""
    columns = dict(settings)
    if "minutes" in columns:
        columns["own_minutes"] = columns.pop("minutes") or None
    if "completion" in columns:
        columns["completion_rule"], columns["completion_seconds"] = columns.pop("completion")
    return columns


def require_lessons(
    actor: Actor, *, course_id: int, keys: Iterable[str], is_required: bool
) -> BoardChange:
    """Make lessons required or optional; raises `StaleBoard`, `Unchanged`, `Invalid` for none."""
    board = open_board(actor, course_id)
    lessons, values = [row for row, _ in board.chosen(some(keys))], {"is_required": is_required}
    _expect_change(lessons, values)
    return write_lessons(board, [(lesson, values) for lesson in lessons])


def write_lesson(board: Board, lesson: Lesson, values: Values, **payload: str) -> BoardChange:
    """Write values of a lesson that is known to be as it was shown."""
    return write_lessons(board, [(lesson, values)], **payload)


def write_lessons(
    board: Board, edits: Sequence[tuple[Lesson, Values]], **payload: str
) -> BoardChange:
    """Write values of lessons that are known to be as they were shown, as one operation."""
    back = give(edits)
    first, keys = edits[0][0], [lesson.key for lesson, _ in edits]
    return board.done(
        "edit_lesson" if len(edits) == 1 else "edit_lessons",
        said_of(first) if len(edits) == 1 else _l("%(count)s lessons saved.", count=len(edits)),
        payload={"keys": keys, **payload},
        inverse={"kind": "edit_lessons", "edits": back},
        lesson=first.key,
    )


def give(edits: Sequence[tuple[Lesson, Values]]) -> list[list[Any]]:
    """Give lessons values; return, for each, its key, what it had, and what it has instead."""
    back = []
    for lesson, values in edits:
        back.append([lesson.key, {name: getattr(lesson, name) for name in values}, values])
        for name, value in values.items():
            setattr(lesson, name, value)
        lesson.revision += 1
    return back


def said_of(lesson: Lesson) -> Text:
    """Return in words that a lesson was changed."""
    return _l("Lesson “%(title)s” saved.", title=lesson.title)


def unedit_lessons(board: Board, *, edits: list[tuple[str, Values, Values]]) -> BoardChange:
    """Give lessons the values they had; raises `Overtaken` where they have others by now."""
    rows = {lesson.key: lesson for lesson, _ in board.chosen([key for key, *_ in edits])}
    for key, _, instead_of in edits:
        if any(getattr(rows[key], name) != value for name, value in instead_of.items()):
            raise Overtaken
    return write_lessons(board, [(rows[key], _typed(values)) for key, values, _ in edits])


def some(keys: Iterable[str]) -> list[str]:
    """Return `keys`, each once; raises `Invalid` where there is none."""
    found = list(dict.fromkeys(keys))
    if not found:
        raise Invalid(_l("Choose at least one lesson."))
    return found


def _expect_change(lessons: Iterable[Lesson], values: Values) -> None:
    if all(getattr(row, name) == value for row in lessons for name, value in values.items()):
        raise Unchanged


def _typed(values: Values) -> Values:
    """Return stored values as their columns have them: words as members of their closed set."""
    if "minutes" in values:  # stored before texts told how long they take
        values = {**values, "own_minutes": values["minutes"]}
        del values["minutes"]
    kinds = {name: getattr(Lesson.__table__.c[name].type, "enum_class", None) for name in values}
    return {name: kind(values[name]) if (kind := kinds[name]) else values[name] for name in values}


def _checked_minutes(minutes: int) -> int:
    if not 0 <= minutes <= LONGEST_MINUTES:
        words = _l("Give a number of minutes between 1 and 1,440, or none.")
        raise Invalid(fields={"minutes": words})
    return minutes
