"""What a publication would mean for those who are learning, in numbers.

Only lessons that would count otherwise than now are looked up, and everything else is taken from
the progress as it is stored: of a million completions, a publication concerns few.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import Course, Lesson, Module
from app.blueprints.courses.queries import redo_marks
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.models import CourseProgress, LessonProgress
from app.blueprints.learning.queries import standing
from app.core.db import db

# No completion of today counts for a lesson that is to be done again.
_NEVER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Consequences:
    """How many learners there are, and how many of them will find what.

    Of those who have everything done now, some keep that and some lose it; others reach it by
    the publication alone. `unsettled` are those whose stored progress is just being renewed.
    """

    learners: int
    unchanged: int
    keep_complete: int
    lose_complete: int
    will_complete: int
    new_work: int
    must_redo: int
    unsettled: int


def consequences(course_id: int, version_id: int, *, redo: Collection[str] = ()) -> Consequences:
    """Return what publishing `version_id` for everyone would mean, in one statement.

    `redo` are the keys of the lessons that would have to be done again.
    """
    learner, then = _learners(course_id), _required_then(course_id, version_id, redo)
    effect = _effect(learner, then)
    touched, fresh = _touched(learner, effect), _fresh(effect)
    required = select(func.count()).select_from(then).scalar_subquery()
    done = learner.c.done + func.coalesce(touched.c.change, 0)
    complete_now = (learner.c.required > 0) & (learner.c.done >= learner.c.required)
    complete_then = (required > 0) & (done >= required)
    new_work = func.coalesce(fresh.c.number, 0) > func.coalesce(touched.c.fresh_done, 0)
    must_redo = func.coalesce(touched.c.again, 0) > 0
    counted = (
        ~new_work & ~must_redo,
        complete_now & complete_then,
        complete_now & ~complete_then,
        ~complete_now & complete_then,
        new_work,
        must_redo,
        learner.c.is_stale,
    )
    statement = (
        select(func.count(), *(_how_many(one) for one in counted))
        .select_from(learner)
        .outerjoin(touched, touched.c.id == learner.c.id)
        .outerjoin(fresh, fresh.c.version_id == learner.c.version_id)
    )
    return Consequences(*(int(number) for number in db.session.execute(statement).one()))


def count_finished(course_id: int, keys: Collection[str]) -> dict[str, int]:
    """Return, for each of these lessons, how many learners have done it; in one statement."""
    rows = db.session.execute(
        select(Lesson.key, func.count())
        .select_from(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .join(Lesson, and_(Lesson.version_id == standing.version_id, Lesson.key.in_(keys)))
        .join(
            LessonProgress,
            and_(
                LessonProgress.enrollment_id == Enrollment.id,
                LessonProgress.lesson_key == Lesson.key,
                standing.counts,
            ),
        )
        .where(*_members(course_id))
        .group_by(Lesson.key)
    )
    return dict(iter(rows))


def _members(course_id: int) -> tuple[ColumnElement[bool], ...]:
    return Enrollment.course_id == course_id, Enrollment.status.in_(MEMBERS)


def _learners(course_id: int) -> CTE:
    """Give each learner with the version that they are on and their progress as it is stored."""
    return (
        select(
            Enrollment.id,
            standing.version_id.label("version_id"),
            func.coalesce(CourseProgress.done, 0).label("done"),
            func.coalesce(CourseProgress.required, 0).label("required"),
            (CourseProgress.version_id != standing.version_id).label("is_stale"),
        )
        .join(Course, Course.id == Enrollment.course_id)
        .outerjoin(CourseProgress, CourseProgress.enrollment_id == Enrollment.id)
        .where(*_members(course_id))
        .cte("learner")
    )


def _required_then(course_id: int, version_id: int, redo: Collection[str]) -> CTE:
    """Give the required lessons of the version, which may be the working one, and since which
    version a completion of them would count.
    """
    marks = redo_marks(course_id)
    since = case((Lesson.key.in_(redo), _NEVER), else_=func.coalesce(marks.c.since, 0))
    return (
        select(Lesson.key, since.label("since"))
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(marks, marks.c.key == Lesson.key)
        .where(
            Lesson.version_id == version_id,
            Lesson.is_required,
            Lesson.removed_at.is_(None),
            Module.removed_at.is_(None),
        )
        .cte("required_then")
    )


def _effect(learner: CTE, then: CTE) -> CTE:
    """Give the lessons that would count otherwise, for each version that learners are on.

    `had` and `has` are since when a completion counts, before and after; NULL: not at all.
    """
    versions = select(learner.c.version_id).distinct().cte("versions")
    now = (
        select(Lesson.version_id, Lesson.key, func.coalesce(Lesson.redo_since, 0).label("since"))
        .join(versions, versions.c.version_id == Lesson.version_id)
        .where(Lesson.is_required)
        .cte("required_now")
    )
    same = aliased(now)
    changed = (
        select(now.c.version_id, now.c.key, now.c.since.label("had"), then.c.since.label("has"))
        .outerjoin(then, then.c.key == now.c.key)
        .where(or_(then.c.since.is_(None), then.c.since != now.c.since))
    )
    added = (
        select(versions.c.version_id, then.c.key, null(), then.c.since)
        .join_from(versions, then, literal(True))
        .outerjoin(same, (same.c.version_id == versions.c.version_id) & (same.c.key == then.c.key))
        .where(same.c.key.is_(None))
    )
    return union_all(changed, added).cte("effect")


def _touched(learner: CTE, effect: CTE) -> CTE:
    """Give for each learner whom it concerns: the change of what is done, and what of it is."""
    number = LessonProgress.version_number
    before = case((number >= effect.c.had, 1), else_=0)
    after = case((number >= effect.c.has, 1), else_=0)
    stays = effect.c.had.is_not(None) & effect.c.has.is_not(None)
    return (
        select(
            learner.c.id,
            func.sum(after - before).label("change"),
            _how_many(effect.c.had.is_(None) & (number >= effect.c.has)).label("fresh_done"),
            _how_many(stays & (number >= effect.c.had) & (number < effect.c.has)).label("again"),
        )
        .join(effect, effect.c.version_id == learner.c.version_id)
        .join(
            LessonProgress,
            (LessonProgress.enrollment_id == learner.c.id)
            & (LessonProgress.lesson_key == effect.c.key),
        )
        .group_by(learner.c.id)
        .cte("touched")
    )


def _fresh(effect: CTE) -> CTE:
    """Count the required lessons that each version has not."""
    return (
        select(effect.c.version_id, func.count().label("number"))
        .where(effect.c.had.is_(None))
        .group_by(effect.c.version_id)
        .cte("fresh")
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
