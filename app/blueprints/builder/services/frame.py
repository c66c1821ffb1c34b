"""What every command on the board begins and ends with: locks, rights, revisions, the record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.blueprints.builder.errors import StaleBoard, StaleRow
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.rules.ordering import NoSuchNeighbour, placed
from app.blueprints.courses.models import Course, CourseVersion, Lesson, Module
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import lock_course
from app.blueprints.courses.services import ensure_working_version
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Text


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a command did, and what of the board it touched."""

    version_id: int
    board_revision: int
    sequence: int
    kind: str
    modules: tuple[str, ...]
    lesson: str | None
    message: Text
    can_undo: bool = True


@dataclass(slots=True)
class Board:
    """A course's working version under its locks, opened for one command."""

    actor: Actor
    course: Course
    version: CourseVersion
    touched: list[str] = field(default_factory=list)

    def modules(self) -> list[Module]:
        """Return the modules in order."""
        statement = (
            select(Module)
            .where(Module.version_id == self.version.id, Module.removed_at.is_(None))
            .order_by(Module.position)
        )
        return list(db.session.execute(statement).scalars())

    def module(self, key: str, *, removed: bool = False) -> Module:
        """Return the module of that key; raises `StaleBoard` where it is gone."""
        statement = select(Module).filter_by(version_id=self.version.id, key=key)
        module = db.session.execute(statement).scalar_one_or_none()
        if module is None or (module.removed_at is not None) is not removed:
            raise StaleBoard
        self.touch(key)
        return module

    def lessons(self, module: Module) -> list[Lesson]:
        """Return the lessons of `module` in order."""
        statement = (
            select(Lesson)
            .where(Lesson.module_id == module.id, Lesson.removed_at.is_(None))
            .order_by(Lesson.position)
        )
        return list(db.session.execute(statement).scalars())

    def lesson(self, key: str, *, removed: bool = False) -> tuple[Lesson, Module]:
        """Return the lesson of that key and its module; raises `StaleBoard` where it is gone."""
        statement = (
            select(Lesson, Module)
            .join(Module, Module.id == Lesson.module_id)
            .where(Lesson.version_id == self.version.id, Lesson.key == key)
        )
        found = db.session.execute(statement).one_or_none()
        if found is None or (found.Lesson.removed_at is not None) is not removed:
            raise StaleBoard
        if found.Module.removed_at is not None:
            raise StaleBoard
        self.touch(found.Module.key)
        return found.Lesson, found.Module

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
        payload = {**payload, "touched": self.touched, "lesson": lesson}
        db.session.add(
            BuilderOperation(
                version_id=version.id,
                sequence=version.sequence,
                actor_id=self.actor.id or None,
                kind=kind,
                payload=payload,
                inverse=inverse,
            )
        )
        db.session.flush()
        return BoardChange(
            version_id=version.id,
            board_revision=version.board_revision,
            sequence=version.sequence,
            kind=kind,
            modules=tuple(self.touched),
            lesson=lesson,
            message=message,
            can_undo=inverse is not None,
        )


def open_board(actor: Actor, course_id: int) -> Board:
    """Lock the course, check the right, and lock its working version, making it if need be.

    Raises `NotFound` and `Forbidden`.
    """
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    return Board(actor, course, ensure_working_version(course))


def renumber(rows: Sequence[Module | Lesson]) -> None:
    """Number `rows` densely from 0 in the order given; only what moved is written."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position


def put(rows: list[Any], row: Any, after: str | None) -> list[Any]:
    """Return `rows` with `row` right after the one of key `after`, first where that is None.

    Raises `StaleBoard` where that neighbour is gone.
    """
    by_key = {other.key: other for other in [*rows, row]}
    try:
        order = placed([other.key for other in rows], row.key, after)
    except NoSuchNeighbour as gone:
        raise StaleBoard from gone
    return [by_key[key] for key in order]


def expect_revision(row: Module | Lesson, revision: int) -> None:
    """Raise `StaleRow` unless `row` still is as it was shown."""
    if row.revision != revision:
        raise StaleRow
