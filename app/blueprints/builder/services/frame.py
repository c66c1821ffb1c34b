"""What every command on the board begins and ends with: locks, rights, revisions, the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from app.blueprints.builder.errors import StaleBoard, StaleRow
from app.blueprints.builder.models import BuilderOperation, Mode
from app.blueprints.courses.models import Course, CourseVersion, Lesson, Module
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.services import ensure_working_version
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Text
from app.core.i18n import stored

# Sent with nearly every command, so they are built once.
_MODULES = (
    select(Module)
    .where(Module.version_id == bindparam("version"), Module.removed_at.is_(None))
    .order_by(Module.position)
)
_MODULE = select(Module).where(
    Module.version_id == bindparam("version"), Module.key == bindparam("key")
)
_LESSONS = (
    select(Lesson)
    .where(Lesson.module_id == bindparam("module"), Lesson.removed_at.is_(None))
    .order_by(Lesson.position)
)
_CHOSEN = (
    select(Lesson, Module)
    .join(Module, Module.id == Lesson.module_id)
    .where(
        Lesson.version_id == bindparam("version"),
        Lesson.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(Module.position, Lesson.position)
)


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a command did, and what of the board it touched.

    `structural` tells that columns came, went or changed places.
    """

    version_id: int
    board_revision: int
    sequence: int
    kind: str
    modules: tuple[str, ...]
    lesson: str | None
    message: Text
    can_undo: bool = True
    structural: bool = False
    mode: Mode = Mode.DO


@dataclass(slots=True)
class Board:
    """A course's working version under its locks, opened for one command.

    While an operation is taken back or done again, `undoes` is its sequence.
    """

    actor: Actor
    course: Course
    version: CourseVersion
    touched: list[str] = field(default_factory=list)
    mode: Mode = Mode.DO
    undoes: int | None = None
    structural: bool = False

    @property
    def stamp(self) -> int:
        """Return the sequence that the present command will have."""
        return self.version.sequence + 1

    def modules(self) -> list[Module]:
        """Return the modules in order."""
        return list(db.session.execute(_MODULES, {"version": self.version.id}).scalars())

    def module(self, key: str, *, removed: bool = False) -> Module:
        """Return the module of that key; raises `StaleBoard` where it is gone."""
        which = {"version": self.version.id, "key": key}
        module = db.session.execute(_MODULE, which).scalar_one_or_none()
        if module is None or (module.removed_at is not None) is not removed:
            raise StaleBoard
        self.touch(key)
        return module

    def lessons(self, module: Module) -> list[Lesson]:
        """Return the lessons of `module` in order."""
        return list(db.session.execute(_LESSONS, {"module": module.id}).scalars())

    def lesson(self, key: str) -> tuple[Lesson, Module]:
        """Return the lesson of that key and its module; raises `StaleBoard` where it is gone."""
        return self.chosen([key])[0]

    def chosen(self, keys: Iterable[str], *, removed: bool = False) -> list[tuple[Lesson, Module]]:
        """Return these lessons, each with its module, in the order of the board.

        Raises `StaleBoard` where one of them, or its module, is not there (any more), and with
        `removed` where one of the lessons is there still.
        """
        wanted = set(keys)
        which = {"version": self.version.id, "keys": list(wanted)}
        found = [(row.Lesson, row.Module) for row in db.session.execute(_CHOSEN, which)]
        there = [
            (lesson.removed_at is not None) is removed and (removed or module.removed_at is None)
            for lesson, module in found
        ]
        if len(found) < len(wanted) or not all(there):
            raise StaleBoard
        for _, module in found:
            self.touch(module.key)
        return found

    def touch(self, key: str) -> None:
        """Remember that the column of module `key` has to be drawn again."""
        if key not in self.touched:
            self.touched.append(key)

    def done(
        self,
        kind: str,
        message: Text,
        *,
        payload: dict[str, Any],
        inverse: dict[str, Any] | None,
        lesson: str | None = None,
        shows: bool = True,
    ) -> BoardChange:
        """Raise the revisions and record the operation with what takes it back.

        The board's own revision rises only where the board `shows` the change.
        """
        version = self.version
        version.revision += 1
        version.board_revision += shows
        version.sequence += 1
        self._record(kind, {**payload, "lesson": lesson, "said": stored(message)}, inverse)
        return BoardChange(
            version_id=version.id,
            board_revision=version.board_revision,
            sequence=version.sequence,
            kind=kind,
            modules=tuple(self.touched),
            lesson=lesson,
            message=message,
            can_undo=inverse is not None,
            structural=self.structural,
            mode=self.mode,
        )

    def _record(self, kind: str, payload: dict[str, Any], inverse: dict[str, Any] | None) -> None:
        operation = BuilderOperation(
            version_id=self.version.id,
            sequence=self.version.sequence,
            actor_id=self.actor.id or None,
            kind=kind,
            payload={**payload, "touched": self.touched, "structural": self.structural},
            inverse=inverse,
            mode=self.mode,
            undoes=self.undoes,
        )
        db.session.add(operation)  # written with the next statement: many of them at once


def open_board(actor: Actor, course_id: int) -> Board:
    """Lock the course, check the right, and lock its working version, making it if need be.

    Raises `NotFound` and `Forbidden`.
    """
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    return Board(actor, course, ensure_working_version(course))


def expect_revision(row: Module | Lesson, revision: int) -> None:
    """Raise `StaleRow` unless `row` still is as it was shown."""
    if row.revision != revision:
        raise StaleRow
