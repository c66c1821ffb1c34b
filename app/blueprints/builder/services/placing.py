"""Where lessons stand: the one way that they are put somewhere, and put back.

Every placing stamps what it places with the sequence of its operation; putting it back brings the
earlier stamp back as well. So a stamp that is not the expected one tells that somebody has placed
the same thing since, whatever has happened to its neighbours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import func, select

from app.blueprints.builder.errors import Overtaken, StaleBoard
from app.blueprints.builder.rules.ordering import (
    NoSuchNeighbour,
    neighbour_before,
    placed,
    placed_or_last,
)
from app.blueprints.builder.services.frame import Board
from app.blueprints.courses.content.canonical import NOTHING
from app.blueprints.courses.models import Lesson, LessonBody, LessonDraft, Module
from app.core import clock
from app.core.db import db

# What a lesson is in itself, wherever and in whichever version it stands.
SETTINGS = tuple(
    column.key
    for column in Lesson.__table__.columns
    if column.key
    not in {
        *("id", "version_id", "module_id", "key", "position", "placed_by", "revision"),
        *("redo_since", "body_id", "text_minutes", "removed_at"),
    }
)
Columns = dict[str, list[Lesson]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson goes, or stood: in `module`, after `after`; without a module, nowhere.

    Without a stamp it gets that of the present command.
    """

    key: str
    module: str | None
    after: str | None = None
    stamp: int | None = None


def place(board: Board, places: Sequence[Place], *, strict: bool = True) -> list[Place]:
    """Put lessons in their places, one after the other; return the places that they had.

    Put into those in that order, they stand as before. Raises `StaleBoard` where a lesson or a
    module is gone or, if `strict`, a neighbour is; else the lesson goes last.
    """
    lessons = _rows(board, [one.key for one in places])
    modules = {module.key: module for module in board.modules()}
    columns = _columns(board, modules, lessons.values(), {one.module for one in places})
    before = _places(columns, lessons)
    for key, column in columns.items():
        columns[key] = [lesson for lesson in column if lesson.key not in lessons]
    for one in places:
        lesson = lessons[one.key]
        lesson.placed_by = board.stamp if one.stamp is None else one.stamp
        lesson.removed_at = None if one.module else clock.db_now()
        if one.module:
            lesson.module_id = modules[one.module].id
            columns[one.module] = put(columns[one.module], lesson, one.after, strict=strict)
    for key, column in columns.items():
        board.touch(key)
        renumber(column)
    return before


def way_back(board: Board, before: Sequence[Place]) -> dict[str, Any]:
    """Return the inverse of a placing: where everything stood, and what must still be true."""
    stamps = {key: row.placed_by for key, row in _rows(board, [p.key for p in before]).items()}
    return {
        "kind": "place_lessons",
        "places": [astuple(one) for one in before],
        "stamps": stamps,
        # What nobody had worked on may be taken off the board; what somebody has must stay.
        "was": contents(board, [one.key for one in before if one.module is None]),
    }


def go_back(
    board: Board, *, places: list[list[Any]], stamps: dict[str, int], was: dict[str, Any]
) -> list[Place]:
    """Carry an inverse of `way_back` out; raises `Overtaken` and `StaleBoard`."""
    expect_stamps(stamps, _rows(board, stamps).values())
    if contents(board, was) != was:
        raise Overtaken
    return place(board, [Place(*one) for one in places], strict=False)


def put(rows: list[Any], row: Any, after: str | None, *, strict: bool = True) -> list[Any]:
    """Return `rows` with `row` right after the one of key `after`, first where that is None.

    Where that neighbour is gone it is last, or if `strict` raises `StaleBoard`.
    """
    by_key = {other.key: other for other in [*rows, row]}
    try:
        order = (placed if strict else placed_or_last)(list(by_key), row.key, after)
    except NoSuchNeighbour as gone:
        raise StaleBoard from gone
    return [by_key[key] for key in order]


def renumber(rows: Sequence[Module | Lesson]) -> None:
    """Number `rows` densely from 0 in the order given; only what moved is written."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position


def expect_stamps(stamps: dict[str, int], rows: Iterable[Module | Lesson]) -> None:
    """Raise `Overtaken` where something was placed again since it got these stamps."""
    if any(row.placed_by != stamps[row.key] for row in rows):
        raise Overtaken


def contents(board: Board, keys: Iterable[str]) -> dict[str, list[str]]:
    """Return what these lessons are and say, to tell whether somebody has worked on them since."""
    wanted = list(keys)
    if not wanted:
        return {}
    digest = func.coalesce(LessonDraft.digest, LessonBody.digest, NOTHING)
    rows = db.session.execute(
        select(Lesson, digest.label("digest"))
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(Lesson.version_id == board.version.id, Lesson.key.in_(wanted))
    )
    return {
        row.Lesson.key: [*(str(getattr(row.Lesson, name)) for name in SETTINGS), row.digest]
        for row in rows
    }


def _rows(board: Board, keys: Iterable[str]) -> dict[str, Lesson]:
    """Return these lessons, whether they are on the board or off it."""
    wanted = list(keys)
    statement = select(Lesson).where(Lesson.version_id == board.version.id, Lesson.key.in_(wanted))
    found = {lesson.key: lesson for lesson in db.session.execute(statement).scalars()}
    if len(found) < len(wanted):
        raise StaleBoard
    return found


def _columns(
    board: Board, modules: dict[str, Module], lessons: Iterable[Lesson], keys: set[str | None]
) -> Columns:
    """Return the columns that the lessons leave and go to; raises `StaleBoard` for one gone."""
    by_id = {module.id: key for key, module in modules.items()}
    left = {lesson.module_id for lesson in lessons if lesson.removed_at is None}
    wanted = {by_id.get(one, "") for one in left} | {key for key in keys if key}
    if not wanted <= set(modules):
        raise StaleBoard
    return {key: board.lessons(modules[key]) for key in modules if key in wanted}


def _places(columns: Columns, lessons: dict[str, Lesson]) -> list[Place]:
    """Return where lessons stand, in the order of the board; those off it come last."""
    standing = {
        lesson.key: Place(
            lesson.key,
            module,
            neighbour_before([other.key for other in column], lesson.key),
            lesson.placed_by,
        )
        for module, column in columns.items()
        for lesson in column
        if lesson.key in lessons
    }
    absent = [
        Place(key, None, None, lesson.placed_by)
        for key, lesson in lessons.items()
        if key not in standing
    ]
    return [*standing.values(), *absent]
