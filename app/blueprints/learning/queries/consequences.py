"""What a publication would mean for those who are learning, in numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import Course, Lesson, Module
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.models import LessonProgress
from app.blueprints.learning.queries import standing
from app.core.db import db

# A lesson of the version to be published, beside `Lesson`, that of the version there is.
New = aliased(Lesson)


@dataclass(frozen=True, slots=True)
class Consequences:
    """How many learners there are, and how many of them will find what.

    Nobody has to redo a lesson unless its author asks for it: `may_redo` are those who would.
    """

    learners: int
    keep_complete: int
    lose_complete: int
    will_complete: int
    new_work: int
    may_redo: int


def consequences(course_id: int, version_id: int, *, may_redo: Collection[str]) -> Consequences:
    """Return what publishing `version_id` for everyone would mean, in one statement.

    `may_redo` are the keys of the lessons that the author may ask to be done again.
    """
    learner = (
        select(
            _is_complete(
                standing.done(standing.version_id), standing.required(standing.version_id)
            ).label("now"),
            _is_complete(_done_then(version_id), _required_then(version_id)).label("then"),
            _new_work(version_id).label("new_work"),
            _has_done(may_redo).label("may_redo"),
        )
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Enrollment.course_id == course_id, Enrollment.status.in_(MEMBERS))
        .subquery()
    )
    now, then = learner.c.now, learner.c.then
    counted = (now & then, now & ~then, ~now & then, learner.c.new_work, learner.c.may_redo)
    row = db.session.execute(
        select(func.count(), *(_how_many(one) for one in counted)).select_from(learner)
    ).one()
    return Consequences(*(int(number) for number in row))


def _is_complete(done: ScalarSelect[int], required: ScalarSelect[int]) -> ColumnElement[bool]:
    return (required > 0) & (done >= required)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _required_lessons(version_id: int) -> tuple[ColumnElement[bool], ...]:
    """Return what makes `New` a required lesson of the version, which may be the working one."""
    live = select(Module.id).where(Module.version_id == version_id, Module.removed_at.is_(None))
    return (
        New.version_id == version_id,
        New.is_required.is_(True),
        New.removed_at.is_(None),
        New.module_id.in_(live),
    )


def _required_then(version_id: int) -> ScalarSelect[int]:
    statement = select(func.count()).select_from(New).where(*_required_lessons(version_id))
    return statement.scalar_subquery()


def _done_then(version_id: int) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(LessonProgress)
        .join(New, New.key == LessonProgress.lesson_key)
        .where(
            LessonProgress.enrollment_id == Enrollment.id,
            New.redo_since.is_(None) | (LessonProgress.version_number >= New.redo_since),
            *_required_lessons(version_id),
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )


def _new_work(version_id: int) -> ColumnElement[bool]:
    """Tell whether a required lesson comes in that this learner has neither had nor done."""
    had = exists().where(
        Lesson.version_id == standing.version_id, Lesson.key == New.key, Lesson.is_required
    )
    done = exists().where(
        LessonProgress.enrollment_id == Enrollment.id, LessonProgress.lesson_key == New.key
    )
    return (
        exists()
        .where(
            *_required_lessons(version_id),
            ~had.correlate(New, Enrollment, Course),
            ~done.correlate(New, Enrollment),
        )
        .correlate(Enrollment, Course)
    )


def _has_done(keys: Collection[str]) -> ColumnElement[bool]:
    """Tell whether this learner has done one of these lessons."""
    return (
        exists()
        .where(LessonProgress.enrollment_id == Enrollment.id, LessonProgress.lesson_key.in_(keys))
        .correlate(Enrollment)
    )
