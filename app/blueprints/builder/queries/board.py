"""The board of a course in a fixed number of statements, whatever its size."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from app.blueprints.builder.queries.readiness import version_readiness
from app.blueprints.builder.rules.readiness import Problem, Readiness
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonDraft,
    LessonKind,
    Module,
)
from app.blueprints.courses.rules.release import Release
from app.core.db import db
from app.core.errors import NotFound, Text

# Asked for with every change on a board, so it is built once.
_CARDS = (
    select(
        Module,
        # As the fields of a CardLesson follow one another.
        Lesson.key,
        Lesson.title,
        Lesson.kind,
        Lesson.minutes,
        Lesson.is_required,
        Lesson.revision,
        Lesson.release,
        func.coalesce(LessonDraft.digest != func.coalesce(LessonBody.digest, ""), False),
    )
    .outerjoin(Lesson, (Lesson.module_id == Module.id) & Lesson.removed_at.is_(None))
    .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
    .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
    .where(Module.version_id == bindparam("version_id"), Module.removed_at.is_(None))
    .order_by(Module.position, Module.id, Lesson.position)
)


@dataclass(frozen=True, slots=True)
class CardLesson:
    """A lesson as its card shows it."""

    key: str
    title: str
    kind: LessonKind
    minutes: int
    is_required: bool
    revision: int
    release: Release


@dataclass(frozen=True, slots=True)
class LessonView:
    """A card: the lesson, what must be fixed in it, and whether its text is unpublished."""

    lesson: CardLesson
    problems: tuple[Problem, ...]
    changed: bool

    @property
    def marks(self) -> list[Text]:
        """Return what must be fixed in it in a word or two, each once."""
        return list({problem.code: problem.short for problem in self.problems}.values())


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A column: the module and its cards."""

    module: Module
    lessons: list[LessonView]

    @property
    def minutes(self) -> int:
        """Return the minutes of all its lessons."""
        return sum(view.lesson.minutes for view in self.lessons)


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the board shows of one version."""

    version: CourseVersion
    modules: list[ModuleView]
    readiness: Readiness
    next_number: int

    def get_card(self, key: str) -> tuple[ModuleView, int]:
        """Return the column of the lesson of that key, and its place there; raises `NotFound`."""
        for column in self.modules:
            for place, card in enumerate(column.lessons):
                if card.lesson.key == key:
                    return column, place
        raise NotFound

    def get_column(self, key: str) -> ModuleView:
        """Return the column of the module of that key; raises `NotFound`."""
        for column in self.modules:
            if column.module.key == key:
                return column
        raise NotFound


def board(course: Course) -> BoardView:
    """Return the board of `course`: its working version, or else its current one."""
    version, current = courses.shown_and_current(course)
    found = version_readiness(course, version)
    by_lesson: dict[str, list[Problem]] = defaultdict(list)
    for problem in found.must:
        by_lesson[problem.lesson_key].append(problem)
    columns = _columns(version, by_lesson)
    # Numbers only rise, and the newest version is always the current one.
    number = (current.number or 0) + 1 if current else 1
    return BoardView(version, columns, found, number)


def _columns(version: CourseVersion, problems: dict[str, list[Problem]]) -> list[ModuleView]:
    rows = db.session.execute(_CARDS, {"version_id": version.id})
    columns: dict[int, ModuleView] = {}
    for module, *lesson, changed in rows:
        column = columns.setdefault(module.id, ModuleView(module, []))
        key = lesson[0]
        if key is not None:
            view = LessonView(CardLesson(*lesson), tuple(problems[key]), bool(changed))
            column.lessons.append(view)
    return list(columns.values())
