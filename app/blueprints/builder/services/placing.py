"""Where lessons stand: the one way that they are put somewhere, and put back.

Every placing stamps what it places with the sequence of its operation; putting it back brings the
earlier stamp back as well. So a stamp that is not the expected one tells that somebody has placed
the same thing since, whatever has happened to its neighbours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import load_only

from app.blueprints.builder.errors import Overtaken, StaleBoard
from app.blueprints.builder.rules.ordering import neighbour_before
from app.blueprints.builder.services.frame import Board
from app.blueprints.builder.services.positions import put, renumber
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
# What of a lesson tells where it stands: those around one that is placed are looked at for no more.
_STANDING = load_only(
    *(Lesson.key, Lesson.module_id, Lesson.position, Lesson.placed_by, Lesson.removed_at),
    raiseload=True,
)
_COLUMNS = (
    select(Lesson)
    .where(Lesson.module_id.in_(bindparam("modules", expanding=True)), Lesson.removed_at.is_(None))
    .order_by(Lesson.position)
    .options(_STANDING)
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson goes, or stood: in `module`, after `after`; without a module, nowhere.

    Without a stamp it gets that of the present command.
    """

    key: str
    module: str | None
    after: str | None = None
    stamp: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Lessons that were put in their places, those that they had, and the columns as they are.

    Put into those `before` in that order, they stand as they did.
    """

    before: list[Place]
    lessons: dict[str, Lesson]
    modules: dict[str, Module]
    columns: Columns

    def home(self, lesson: Lesson) -> Module:
        """Return the module that a lesson stands in."""
        return next(one for one in self.modules.values() if one.id == lesson.module_id)


def place(
    board: Board, rows: Iterable[Lesson], places: Sequence[Place], *, strict: bool = True
) -> Placed:
    """Put lessons, of which these are the rows, in their places, one after the other.

    Raises `StaleBoard` where a module is gone or, if `strict`, a neighbour is; else the lesson
    goes last.
    """
    lessons = {lesson.key: lesson for lesson in rows}
    modules = {module.key: module for module in board.modules()}
    columns = _columns(modules, lessons.values(), {one.module for one in places})
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
    return Placed(before, lessons, modules, columns)


def way_back(board: Board, before: Sequence[Place], rows: Iterable[Lesson]) -> dict[str, Any]:
    """Return the inverse of placing `rows`: where they stood, and what must still be true."""
    return {
        "kind": "place_lessons",
        "places": [astuple(one) for one in before],
        "stamps": {row.key: row.placed_by for row in rows},
        # What nobody had worked on may be taken off the board; what somebody has must stay.
        "was": contents(board, [one.key for one in before if one.module is None]),
    }


def go_back(
    board: Board, *, places: list[list[Any]], stamps: dict[str, int], was: dict[str, Any]
) -> Placed:
    """Carry an inverse of `way_back` out; raises `Overtaken` and `StaleBoard`."""
    rows = _rows(board, stamps)
    expect_stamps(stamps, rows)
    if contents(board, was) != was:
        raise Overtaken
    return place(board, rows, [Place(*one) for one in places], strict=False)


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


def _rows(board: Board, keys: Iterable[str]) -> list[Lesson]:
    """Return these lessons, whether they are on the board or off it; raises `StaleBoard`."""
    wanted = list(keys)
    statement = select(Lesson).where(Lesson.version_id == board.version.id, Lesson.key.in_(wanted))
    found = list(db.session.execute(statement).scalars())
    if len(found) < len(wanted):
        raise StaleBoard
    return found


def _columns(
    modules: dict[str, Module], lessons: Iterable[Lesson], keys: set[str | None]
) -> Columns:
    """Return the columns that the lessons leave and go to; raises `StaleBoard` for one gone."""
    by_id = {module.id: key for key, module in modules.items()}
    left = {lesson.module_id for lesson in lessons if lesson.removed_at is None}
    wanted = {by_id.get(one, "") for one in left} | {key for key in keys if key}
    if not wanted <= set(modules):
        raise StaleBoard
    columns: Columns = {key: [] for key in modules if key in wanted}
    ids = {"modules": [modules[key].id for key in columns]}
    for lesson in db.session.execute(_COLUMNS, ids).scalars():
        columns[by_id[lesson.module_id]].append(lesson)
    return columns


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
