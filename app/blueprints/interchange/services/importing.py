"""Writing an import: a new course, or what changed in one that is there.

What changed in the folder since the last import comes in; what only people here changed stays.
Where both changed a text, it stays too, and is told. Lessons lie on the board where people put
them, and lessons that the folder does not have are left alone.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.blueprints.builder import services as builder
from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.rules.texts import ReplaceBlocks
from app.blueprints.builder.services.basics import Basics
from app.blueprints.builder.services.courses import checked_title
from app.blueprints.builder.services.frame import Board, open_board
from app.blueprints.builder.services.lessons import write_lessons
from app.blueprints.builder.services.modules import restore_module, stand
from app.blueprints.builder.services.moves import restore_lesson
from app.blueprints.builder.services.positions import put, renumber
from app.blueprints.builder.services.texts import PreparedText, minutes_of, save_texts
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, Difficulty, Lesson, LessonDraft, Module
from app.blueprints.courses.queries import get_course, outline
from app.blueprints.interchange import queries
from app.blueprints.interchange.markdown import ReadCourse, ReadLesson, ReadModule
from app.blueprints.interchange.rules import settled
from app.blueprints.interchange.services.preparing import PreparedCourse
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.core.i18n import lazy_gettext as _l

_SETTINGS = ("title", "own_minutes", "is_required")


@dataclass(slots=True)
class Imported:
    """What an import did, by titles of lessons."""

    course_id: int
    slug: str
    title: str
    is_new: bool
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def import_course(actor: Actor, prepared: PreparedCourse) -> Imported:
    """Write a prepared course into its working version; raises what the builder raises."""
    course = _course(actor, prepared)
    _assets(actor, course, prepared)
    board = open_board(actor, course.id)
    done = Imported(course.id, course.slug, course.title, is_new=prepared.course_id is None)
    run = _Import(actor, board, prepared, done)
    run.bring_in()
    if done.is_new:
        _basics(actor, course, board, prepared.read)
    payload = {"lessons": run.record}
    board.done(queries.IMPORTED, _l("Course imported."), payload=payload, inverse=None)
    return done


def _course(actor: Actor, prepared: PreparedCourse) -> Course:
    if prepared.course_id is not None:
        return get_course(prepared.course_id)
    subject = queries.find_subject_id(prepared.read.subject)
    return builder.create_course(
        actor, title=prepared.read.title, subject_id=subject, first_module=None
    )


def _assets(actor: Actor, course: Course, prepared: PreparedCourse) -> None:
    for one in prepared.images:
        asset = courses.create_asset(
            actor,
            course,
            digest=one.digest,
            size=one.size,
            content_type=one.image.picture.content_type,
            name=one.image.file.name,
            alt=one.image.alt,
            width=one.image.picture.width,
            height=one.image.picture.height,
            public_id=one.public_id,
        )
        if asset.public_id != one.public_id:
            raise Conflict  # somebody else brought the same image in meanwhile


def _basics(actor: Actor, course: Course, board: Board, read: ReadCourse) -> None:
    level = read.difficulty if read.difficulty in set(Difficulty) else Difficulty.BEGINNER
    basics = Basics(
        title=read.title,
        summary=read.summary,
        overview=read.overview,
        objectives=read.objectives,
        difficulty=level,
        language=read.language,
    )
    base = builder.basics_base(board.version)
    with suppress(Unchanged):
        builder.edit_basics(actor, course_id=course.id, base=base, basics=basics)


def _settings(lesson: ReadLesson) -> dict[str, Any]:
    """Return what a card shows of a lesson, as the folder has it."""
    return {name: getattr(lesson, name) for name in _SETTINGS} | {
        "title": checked_title(lesson.title)
    }


class _Import:
    """One import into the working version of a course, and the record for the next one."""

    def __init__(
        self, actor: Actor, board: Board, prepared: PreparedCourse, done: Imported
    ) -> None:
        self.actor = actor
        self.board = board
        self.prepared = prepared
        self.done = done
        self.course_id = board.course.id
        self.then = queries.last_import(board.course.id)
        self.record = dict(self.then)
        self.digests = {key: one.digest for key, one in outline(board.version).lessons.items()}
        self.modules, self.lessons = queries.rows_by_key(board.version.id)
        self.settings: list[tuple[Lesson, dict[str, Any]]] = []
        self.texts: list[PreparedText] = []

    def bring_in(self) -> None:
        """Bring every module and lesson in, in order; what changes is written at once."""
        for module in self.prepared.read.modules:
            before: str | None = None
            for lesson in module.lessons:
                row = self.lessons.get(lesson.key)
                if row is None:
                    self._add(module, lesson, before)
                else:
                    self._put_back(row, before)
                    self._settle(lesson, row)
                    self._say(lesson)
                before = lesson.key
        if self.settings:
            self.board.chosen([row.key for row, _ in self.settings])
            write_lessons(self.board, self.settings)
        if self.texts:
            save_texts(self.board, self.texts)

    def _put_back(self, row: Lesson, before: str | None) -> None:
        """Let the lesson be where it is, or bring it back if it was removed."""
        home = next(one for one in self.modules.values() if one.id == row.module_id)
        if home.removed_at:
            restore_module(self.board, key=home.key, after=None)
        if row.removed_at:
            restore_lesson(self.board, key=row.key, after=before)

    def _add(self, module: ReadModule, lesson: ReadLesson, before: str | None) -> None:
        """Make a lesson's rows, after `before`; all are written at once, when the import ends.

        A command for each would take thirty statements, and nobody else writes meanwhile.
        """
        home, values = self._home(module), self.prepared.texts[lesson.key]
        column = sorted(
            (
                one
                for one in self.lessons.values()
                if one.module_id == home.id and not one.removed_at
            ),
            key=lambda one: one.position,
        )
        last = column[-1].key if column else None
        row = Lesson(
            version_id=self.board.version.id,
            module_id=home.id,
            key=lesson.key,
            placed_by=self.board.stamp,
            text_minutes=minutes_of(values),
            **_settings(lesson),
        )
        after = before if any(one.key == before for one in column) else last
        renumber(put(column, row, after))
        row.draft = LessonDraft(**values, updated_by_id=self.actor.id or None)
        db.session.add(row)
        self.lessons[lesson.key] = row
        self.record[lesson.key] = _settings(lesson) | {
            "source": lesson.fingerprint,
            "digest": values["digest"],
        }
        self.done.added.append(lesson.title)

    def _home(self, module: ReadModule) -> Module:
        """Return the row of a module, which is made or brought back if need be."""
        row = self.modules.get(module.key)
        if row is None:
            row = Module(key=module.key, title=checked_title(module.title))
            self.modules[module.key] = stand(self.board, row, after=None)
        elif row.removed_at:
            restore_module(self.board, key=row.key, after=None)
        self.board.touch(row.key)
        return row

    def _settle(self, lesson: ReadLesson, row: Lesson) -> None:
        """Take over what the card shows, where it changed in the folder."""
        read = _settings(lesson)
        # An import of before minutes could be left to the text does not know whose they were.
        then = {"own_minutes": read["own_minutes"], **self.then.get(lesson.key, {})}
        there = {name: getattr(row, name) for name in _SETTINGS}
        values = {name: settled(there[name], then.get(name), read[name]) for name in _SETTINGS}
        if values != there:
            self.settings.append((row, values))
        self.record[lesson.key] = then | read

    def _say(self, lesson: ReadLesson) -> None:
        """Take the text over if it changed in the folder, unless it was changed here as well."""
        then, now = self.then.get(lesson.key, {}), self.digests.get(lesson.key)
        values = self.prepared.texts[lesson.key]
        ours = now is not None and now not in (then.get("digest"), values["digest"])
        came = lesson.fingerprint != then.get("source")
        if ours and came and not self.prepared.overwrite:
            self.done.kept.append(lesson.title)
            return
        if now != values["digest"] and (came or self.prepared.overwrite):
            change = ReplaceBlocks(tuple(json.loads(values["blocks"])))
            self.texts.append(PreparedText(self.course_id, lesson.key, change, now, values))
            if now:
                self.done.changed.append(lesson.title)
        digest = values["digest"] if came or self.prepared.overwrite else then.get("digest")
        self.record[lesson.key] |= {"source": lesson.fingerprint, "digest": digest}
