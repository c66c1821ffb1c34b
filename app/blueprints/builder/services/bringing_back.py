"""Bringing lessons and modules back from a published version into the draft.

Each is an operation of the board or of a text like any other, so each can be taken back.
"""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.rules.ordering import last_before
from app.blueprints.builder.rules.texts import ReplaceBlocks
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.lessons import write_lesson
from app.blueprints.builder.services.modules import away_again, restore_module, stand
from app.blueprints.builder.services.moves import restore_lesson
from app.blueprints.builder.services.placing import SETTINGS, Place, way_back
from app.blueprints.builder.services.positions import put, renumber
from app.blueprints.builder.services.texts import PreparedText, restore_text
from app.blueprints.courses.models import (
    Asset,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonBodyAsset,
    Module,
)
from app.blueprints.courses.queries import get_published_version
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.i18n import lazy_gettext as _l

# What a draft takes over from a body as it stands there: it was cleaned and drawn when written.
_DRAWN = ("digest", "blocks", "html", "text", "facts", "problems")


@dataclass(frozen=True, slots=True)
class _Origin:
    """A lesson of an older version, and the lessons around it in order."""

    lesson: Lesson
    module: Module
    keys: list[str]


def bring_lesson_back(actor: Actor, *, course_id: int, number: int, key: str) -> BoardChange:
    """Let a lesson of the draft be what it was in version `number`; one that is gone comes back.

    What it says now can be had again by undoing. Raises `NotFound`, `Forbidden`, and `Conflict`
    where nothing would change or there is no module to put it in.
    """
    board = open_board(actor, course_id)
    origin = _origin(get_published_version(course_id, number), key)
    present = _find(board, key)
    if present is None:
        return _made_again(board, origin)
    changes = []
    if not _is_on_board(present):
        changes.append(_placed_again(board, origin, present))
    changes += _given_back(board, origin, present)
    if not changes:
        raise Conflict(_l("The draft has this lesson as it was."))
    return changes[-1]


def bring_module_back(actor: Actor, *, course_id: int, number: int, key: str) -> BoardChange:
    """Bring a module of version `number` back with those of its lessons that the draft has not.

    Raises `NotFound`, `Forbidden`, and `Conflict` where the draft has the module.
    """
    board = open_board(actor, course_id)
    source = _module(get_published_version(course_id, number).id, key)
    if source is None:
        raise NotFound
    present = _module(board.version.id, key)
    if present is None:
        return _module_made_again(board, source)
    if present.removed_at is None:
        raise Conflict(_l("This module is on the board. Its lessons come back one by one."))
    return restore_module(board, key=key, after=_after(board, source))


def _origin(version: CourseVersion, key: str) -> _Origin:
    row = db.session.execute(
        select(Lesson, Module)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.version_id == version.id, Lesson.key == key)
        .options(joinedload(Lesson.body).undefer(LessonBody.blocks).undefer(LessonBody.text))
    ).one_or_none()
    if row is None:
        raise NotFound
    beside = select(Lesson.key).filter_by(module_id=row.Module.id).order_by(Lesson.position)
    return _Origin(row.Lesson, row.Module, list(db.session.execute(beside).scalars()))


def _module(version_id: int, key: str) -> Module | None:
    statement = select(Module).filter_by(version_id=version_id, key=key)
    return db.session.execute(statement).scalar_one_or_none()


def _find(board: Board, key: str) -> tuple[Lesson, Module] | None:
    statement = (
        select(Lesson, Module)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.version_id == board.version.id, Lesson.key == key)
    )
    row = db.session.execute(statement).one_or_none()
    return (row.Lesson, row.Module) if row else None


def _is_on_board(present: tuple[Lesson, Module]) -> bool:
    return present[0].removed_at is None and present[1].removed_at is None


def _home(board: Board, origin: _Origin) -> tuple[Module, str | None]:
    """Return the module to put the lesson in, its own where that is there, and after what."""
    modules = board.modules()
    if not modules:
        raise Conflict(_l("There is no module to put it in. Add one first."))
    home = next((one for one in modules if one.key == origin.module.key), None)
    if home is None:
        others = board.lessons(modules[-1])
        return modules[-1], others[-1].key if others else None
    there = [lesson.key for lesson in board.lessons(home)]
    return home, last_before(origin.keys, origin.lesson.key, there)


def _made_again(board: Board, origin: _Origin) -> BoardChange:
    home, after = _home(board, origin)
    lessons = board.lessons(home)
    lesson = _copied(board, origin.lesson, home, position=len(lessons))
    renumber(put(lessons, lesson, after))
    db.session.add(lesson)
    db.session.flush()
    board.touch(home.key)
    return board.done(
        "restore_lesson",
        _l("Lesson “%(title)s” is back in “%(module)s”.", title=lesson.title, module=home.title),
        payload={"keys": [lesson.key]},
        inverse=way_back(board, [Place(lesson.key, None, None, 0)], [lesson]),
        lesson=lesson.key,
    )


def _copied(board: Board, source: Lesson, home: Module, *, position: int) -> Lesson:
    values = {name: getattr(source, name) for name in SETTINGS}
    return Lesson(
        version_id=board.version.id,
        module_id=home.id,
        key=source.key,
        body_id=source.body_id,
        text_minutes=source.text_minutes,
        redo_since=source.redo_since,
        position=position,
        placed_by=board.stamp,
        **values,
    )


def _placed_again(board: Board, origin: _Origin, present: tuple[Lesson, Module]) -> BoardChange:
    """Bring back a lesson that was taken off this very board, with what it said last."""
    home, after = _home(board, origin)
    present[0].module_id = home.id
    db.session.flush()
    return restore_lesson(board, key=present[0].key, after=after)


def _given_back(board: Board, origin: _Origin, present: tuple[Lesson, Module]) -> list[BoardChange]:
    """Give a lesson the settings and the text that it had, where it has others."""
    lesson, source, changes = present[0], origin.lesson, []
    board.touch(present[1].key)
    had = {name: getattr(source, name) for name in SETTINGS}
    other = {name: value for name, value in had.items() if getattr(lesson, name) != value}
    if other:
        changes.append(write_lesson(board, lesson, other))
    current = lesson_text(board.version.id, lesson.key)
    if source.body and current.digest != source.body.digest:
        body = source.body
        values = {name: getattr(body, name) for name in _DRAWN}
        values["asset_ids"] = _assets_of(body)
        change = ReplaceBlocks(tuple(json.loads(body.blocks)))
        prepared = PreparedText(board.course.id, lesson.key, change, current.digest, values)
        changes.append(restore_text(board, prepared))
    return changes


def _assets_of(body: LessonBody) -> list[str]:
    statement = (
        select(Asset.public_id)
        .join(LessonBodyAsset, LessonBodyAsset.asset_id == Asset.id)
        .where(LessonBodyAsset.body_id == body.id)
        .order_by(Asset.public_id)
    )
    return list(db.session.execute(statement).scalars())


def _after(board: Board, source: Module) -> str | None:
    """Return the module to stand after, as in the older version."""
    order = select(Module.key).filter_by(version_id=source.version_id).order_by(Module.position)
    there = [module.key for module in board.modules()]
    return last_before(list(db.session.execute(order).scalars()), source.key, there)


def _module_made_again(board: Board, source: Module) -> BoardChange:
    module = stand(
        board,
        Module(key=source.key, title=source.title, description=source.description),
        after=_after(board, source),
    )
    there = set(
        db.session.execute(select(Lesson.key).filter_by(version_id=board.version.id)).scalars()
    )
    lessons = select(Lesson).filter_by(module_id=source.id).order_by(Lesson.position)
    missing = [one for one in db.session.execute(lessons).scalars() if one.key not in there]
    for position, lesson in enumerate(missing):
        db.session.add(_copied(board, lesson, module, position=position))
    db.session.flush()
    return board.done(
        "restore_module",
        _l("Module “%(title)s” is back.", title=module.title),
        payload={"key": module.key},
        inverse=away_again(board, module),
    )
