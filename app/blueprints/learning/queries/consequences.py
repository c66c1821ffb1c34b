"""What a publication would mean for those who are learning, in numbers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import Course, Lesson, Module
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.models import CourseProgress, LessonProgress
from app.blueprints.learning.queries import standing
from app.core.db import db

# A lesson of the version to be published, beside `Lesson`, one of a version that there is.
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
    """Return what publishing `version_id` for everyone would mean, in two statements.

    `may_redo` are the keys of the lessons that the author may ask to be done again.
    """
    fresh = _fresh_keys(course_id, version_id)
    learner = _learners(course_id, version_id, fresh, may_redo).subquery()
    required = _required_then(version_id)
    now, then = learner.c.percent == 100, (required > 0) & (learner.c.done >= required)
    expected = {on_version: len(keys) for on_version, keys in fresh.items()}
    counted = (
        now & then,
        now & ~then,
        ~now & then,
        learner.c.fresh_done < _by_version(learner.c.version_id, expected),
        learner.c.may_redo > 0,
    )
    statement = select(func.count(), *(_how_many(one) for one in counted)).select_from(learner)
    return Consequences(*(int(number) for number in db.session.execute(statement).one()))


def _members(course_id: int) -> tuple[ColumnElement[bool], ...]:
    return Enrollment.course_id == course_id, Enrollment.status.in_(MEMBERS)


def _fresh_keys(course_id: int, version_id: int) -> dict[int, list[str]]:
    """Return, for each version that learners are on, the required lessons that it has not."""
    versions = (
        select(standing.version_id.label("version_id"))
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .where(*_members(course_id))
        .distinct()
        .subquery()
    )
    had = exists().where(
        Lesson.version_id == versions.c.version_id, Lesson.key == New.key, Lesson.is_required
    )
    rows = db.session.execute(
        select(versions.c.version_id, New.key)
        .join_from(versions, New, New.version_id == version_id)
        .where(*_required_lessons(version_id), ~had)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for on_version, key in rows:
        found[on_version].append(key)
    return found


def _learners(
    course_id: int, version_id: int, fresh: Mapping[int, list[str]], may_redo: Collection[str]
) -> Select[*tuple[Any, ...]]:
    """Select a row for each learner, going once through what all of them have done."""
    counts = New.redo_since.is_(None) | (LessonProgress.version_number >= New.redo_since)
    key = LessonProgress.lesson_key
    had_fresh = [
        (standing.version_id == on_version) & key.in_(keys) for on_version, keys in fresh.items()
    ]
    return (
        select(
            standing.version_id.label("version_id"),
            func.coalesce(func.max(CourseProgress.percent), 0).label("percent"),
            func.count(New.id).label("done"),
            _how_many(or_(false(), *had_fresh)).label("fresh_done"),
            _how_many(key.in_(may_redo)).label("may_redo"),
        )
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .outerjoin(CourseProgress, CourseProgress.enrollment_id == Enrollment.id)
        .outerjoin(LessonProgress, LessonProgress.enrollment_id == Enrollment.id)
        .outerjoin(New, and_(New.key == key, counts, *_required_lessons(version_id)))
        .where(*_members(course_id))
        .group_by(Enrollment.id, standing.version_id)
    )


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


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _by_version(column: ColumnElement[int], numbers: Mapping[int, int]) -> ColumnElement[int]:
    return case(numbers, value=column, else_=0) if numbers else literal(0)
