"""What the player shows: the outline of the learner's version, what is done, one lesson's text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import bindparam, select

from app.blueprints.courses.models import (
    CompletionRule,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonKind,
    Module,
)
from app.blueprints.courses.rules.release import Lock, Release, lock
from app.blueprints.learning import rules
from app.blueprints.learning.models import LessonOpening, LessonProgress
from app.blueprints.learning.queries.learners import Learner
from app.core import clock
from app.core.db import db, read
from app.core.shelf import Shelf

# Part of every page of a lesson, so they are built once.
_LESSONS = (
    select(
        Lesson.key,
        Lesson.title,
        Lesson.kind,
        Lesson.is_required,
        Lesson.minutes,
        Lesson.redo_since,
        Lesson.completion_rule,
        Lesson.completion_seconds,
        Lesson.release,
        Module.key,
        Module.title,
    )
    .join(Module, Module.id == Lesson.module_id)
    .where(Lesson.version_id == bindparam("version_id"))
    .order_by(Module.position, Module.id, Lesson.position, Lesson.id)
)
_COMPLETIONS = select(
    LessonProgress.lesson_key, LessonProgress.version_number, LessonProgress.completed_at
).where(LessonProgress.enrollment_id == bindparam("enrollment_id"))
_TEXT = (
    select(LessonBody.html)
    .join(Lesson, Lesson.body_id == LessonBody.id)
    .where(Lesson.version_id == bindparam("version_id"), Lesson.key == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class OutlineLesson:
    """One line of the outline."""

    key: str
    title: str
    kind: LessonKind
    is_required: bool
    minutes: int
    redo_since: int | None
    completion_rule: CompletionRule
    completion_seconds: int | None
    release: Release
    module_key: str
    module_title: str


# A published version never changes, so its lessons are read once in each process.
_PUBLISHED: Shelf[tuple[OutlineLesson, ...]] = Shelf(most=100)


@dataclass(frozen=True, slots=True)
class Path:
    """A learner's way through a course: every lesson, what is done, what stands out."""

    learner: Learner
    lessons: tuple[OutlineLesson, ...]
    done: frozenset[str]
    marks: dict[str, rules.Mark]
    standing: rules.Standing
    last_key: str | None
    locks: dict[str, Lock]

    @property
    def modules(self) -> list[tuple[str, list[OutlineLesson]]]:
        """Return (title, lessons) of each module in order."""
        grouped = groupby(self.lessons, key=lambda one: (one.module_key, one.module_title))
        return [(title, list(lessons)) for (_key, title), lessons in grouped]

    @property
    def resume_key(self) -> str | None:
        """Return the lesson to go on with, after the one done last; None when all are done."""
        return self.next_open(self.last_key)

    def next_open(self, after: str | None) -> str | None:
        """Return the next required lesson that is not done, in order from `after` on."""
        return rules.next_lesson(self.lessons, self.done, after, closed=self.locks)

    def find(self, key: str) -> OutlineLesson | None:
        """Return the lesson of this key."""
        return next((one for one in self.lessons if one.key == key), None)

    def beside(self, key: str) -> tuple[OutlineLesson | None, OutlineLesson | None]:
        """Return the lessons before and after the one of this key, in reading order."""
        at = [one.key for one in self.lessons].index(key)
        before = self.lessons[at - 1] if at else None
        after = self.lessons[at + 1] if at + 1 < len(self.lessons) else None
        return before, after


def path_of(learner: Learner, course_id: int) -> Path:
    """Return the learner's way through the course, in at most three statements."""
    lessons = _lessons(learner)
    rows = _completions(learner.enrollment_id)
    completions = {key: number for key, number, _at in rows}
    known = _known_keys(course_id, completions, learner.version_number)
    done = rules.done_keys(lessons, completions)
    marked = {one.key: rules.mark(one, completions, known=known) for one in lessons}
    return Path(
        learner=learner,
        lessons=lessons,
        done=done,
        marks={key: mark for key, mark in marked.items() if mark},
        standing=rules.standing(lessons, done),
        last_key=max(rows, key=lambda row: row[2])[0] if rows else None,
        locks={} if learner.is_preview else _locks(learner, lessons, done),
    )


def opened_at(learner: Learner, lesson: OutlineLesson) -> datetime | None:
    """Return when the learner opened a lesson that takes its time, as it now has to be done."""
    statement = select(LessonOpening.opened_at).filter_by(
        enrollment_id=learner.enrollment_id, lesson_key=lesson.key
    )
    if lesson.redo_since is not None:
        statement = statement.where(LessonOpening.version_number >= lesson.redo_since)
    return db.session.execute(statement).scalar_one_or_none()


def lesson_html(version_id: int, lesson_key: str) -> Markup:
    """Return the text of a published lesson."""
    values = {"version_id": version_id, "key": lesson_key}
    html = read(_TEXT, values).scalar_one_or_none() or ""
    return Markup(html)  # noqa: S704  # the one place: sanitised by allow-list when it was written


def _lessons(learner: Learner) -> tuple[OutlineLesson, ...]:
    return _PUBLISHED.fetch(learner.version_id, lambda: _read_lessons(learner.version_id))


def _read_lessons(version_id: int) -> tuple[OutlineLesson, ...]:
    rows = read(_LESSONS, {"version_id": version_id})
    return tuple(OutlineLesson(*row) for row in rows)


def _locks(
    learner: Learner, lessons: Sequence[OutlineLesson], done: Collection[str]
) -> dict[str, Lock]:
    """Return why lessons are closed; what was done once stays open."""
    now, found = clock.now(), {}
    for one in lessons:
        if one.release and one.key not in done:
            found[one.key] = lock(
                one.release, lessons, now=now, enrolled_at=learner.enrolled_at, done=done
            )
    return {key: closed for key, closed in found.items() if closed}


def _completions(enrollment_id: int | None) -> list[tuple[str, int, datetime]]:
    if enrollment_id is None:
        return []
    rows = read(_COMPLETIONS, {"enrollment_id": enrollment_id})
    return [(key, number, at) for key, number, at in rows]


def _known_keys(
    course_id: int, completions: rules.Completions, newest: int
) -> frozenset[str] | None:
    """Return the lessons of the oldest version that the learner has worked on."""
    oldest = min(completions.values(), default=newest)
    if oldest >= newest:
        return None
    statement = (
        select(Lesson.key)
        .join(CourseVersion, CourseVersion.id == Lesson.version_id)
        .where(CourseVersion.course_id == course_id, CourseVersion.number == oldest)
    )
    return frozenset(db.session.execute(statement).scalars())
