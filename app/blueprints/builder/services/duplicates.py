"""Copies of lessons and modules on the same board, under keys of their own.

Texts are drawn before the write gate is taken, since their blocks get new keys; only one that
somebody changed in between is drawn again under the lock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.blueprints.builder.queries.texts import LessonText, lesson_texts
from app.blueprints.builder.rules.editing import copied_block
from app.blueprints.builder.services.courses import LONGEST_TITLE
from app.blueprints.builder.services.frame import Board, BoardChange, open_board
from app.blueprints.builder.services.lessons import some
from app.blueprints.builder.services.modules import away_again, stand
from app.blueprints.builder.services.placing import SETTINGS, Place, way_back
from app.blueprints.builder.services.positions import put, renumber
from app.blueprints.builder.services.texts import drawn_text
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Lesson, LessonDraft, Module
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import get_course, shown_in_builder
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class PreparedCopies:
    """The texts of copies by the key of the lesson copied, each with the digest of its source."""

    course_id: int
    texts: dict[str, tuple[str | None, dict[str, Any]]]


def prepare_copies(
    actor: Actor, *, course_id: int, keys: Iterable[str] = (), module: str | None = None
) -> PreparedCopies:
    """Draw the texts of copies of these lessons, or of all in `module`; before `writing()`.

    Raises `NotFound` and `Forbidden`.
    """
    course = get_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    texts = lesson_texts(shown_in_builder(course).id, keys=list(keys), module=module)
    return PreparedCopies(course_id, {key: _drawn(text) for key, text in texts.items()})


def duplicate_lessons(
    actor: Actor, prepared: PreparedCopies, *, keys: Iterable[str]
) -> BoardChange:
    """Copy lessons, each to the place after itself; raises `StaleBoard`, `Invalid` for none."""
    board = open_board(actor, prepared.course_id)
    chosen = board.chosen(some(keys))
    copies = [_copy(board, lesson, module) for lesson, module in chosen]
    for module in {module.id: module for _, module in chosen}.values():
        column = board.lessons(module)
        for (lesson, _), copy in zip(chosen, copies, strict=True):
            if lesson.module_id == module.id:
                column = put(column, copy, lesson.key)
        renumber(column)
    _write_texts(board, prepared, [lesson for lesson, _ in chosen], copies)
    count, title = len(copies), chosen[0][0].title
    return board.done(
        "duplicate_lesson" if count == 1 else "duplicate_lessons",
        _l("Lesson “%(title)s” duplicated.", title=title)
        if count == 1
        else _l("%(count)s lessons duplicated.", count=count),
        payload={"keys": [copy.key for copy in copies]},
        inverse=way_back(board, [Place(copy.key, None, None, 0) for copy in copies], copies),
        lesson=copies[0].key,
    )


def duplicate_module(actor: Actor, prepared: PreparedCopies, *, key: str) -> BoardChange:
    """Copy a module with its lessons, to the place after itself; raises `StaleBoard`."""
    board = open_board(actor, prepared.course_id)
    module = board.module(key)
    lessons = board.lessons(module)
    copy = stand(
        board,
        Module(key=new_key(), title=_title(module.title), description=module.description),
        after=module.key,
    )
    copies = [_copy(board, lesson, copy, title=lesson.title) for lesson in lessons]
    for lesson, original in zip(copies, lessons, strict=True):
        lesson.position = original.position
    _write_texts(board, prepared, lessons, copies)
    return board.done(
        "duplicate_module",
        _l("Module “%(title)s” duplicated.", title=module.title),
        payload={"key": copy.key},
        inverse=away_again(board, copy),
    )


def _copy(board: Board, lesson: Lesson, module: Module, *, title: str | None = None) -> Lesson:
    """Add a lesson like `lesson`; it has no place yet."""
    settings = {name: getattr(lesson, name) for name in SETTINGS}
    copy = Lesson(
        **{**settings, "title": title or _title(lesson.title)},
        version_id=board.version.id,
        module_id=module.id,
        key=new_key(),
        text_minutes=lesson.text_minutes,
        position=-1,
        placed_by=board.stamp,
    )
    db.session.add(copy)
    return copy


def _write_texts(
    board: Board, prepared: PreparedCopies, lessons: Sequence[Lesson], copies: Sequence[Lesson]
) -> None:
    db.session.flush()
    now = lesson_texts(board.version.id, keys=[lesson.key for lesson in lessons])
    for lesson, copy in zip(lessons, copies, strict=True):
        if lesson.key not in now:
            continue  # it says nothing yet, and so does its copy
        source, values = prepared.texts.get(lesson.key, (None, {}))
        if source != now[lesson.key].digest:
            _, values = _drawn(now[lesson.key])
        by = board.actor.id or None
        db.session.add(LessonDraft(lesson_id=copy.id, updated_by_id=by, **values))
    db.session.flush()


def _drawn(text: LessonText) -> tuple[str | None, dict[str, Any]]:
    return text.digest, drawn_text([copied_block(block) for block in text.blocks])


def _title(title: str) -> str:
    copy = gettext("%(title)s (copy)", title=title)
    return copy if len(copy) <= LONGEST_TITLE else title
