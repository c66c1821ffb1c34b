"""Progress, always computed anew and never counted up, and what follows when it is complete.

Sets of learners are one statement, not one for each: thousands of them take as many as one.
"""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.blueprints.courses.queries import lock_course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning import rules
from app.blueprints.learning.events import CourseCompleted, RenewalGoesOn
from app.blueprints.learning.models import CourseProgress
from app.blueprints.learning.queries import standing
from app.blueprints.learning.services.certificates import issue_certificates
from app.core import clock
from app.core.db import db, table_of
from app.core.db.dialects import insert_for
from app.core.events import record

# So many learners at a time keep other writers waiting for less than a second.
BATCH = 500
_STORED = ("enrollment_id", "version_id", "required", "done", "percent", "updated_at")
_ONE = select(Enrollment.id).where(
    Enrollment.id == bindparam("one"), Enrollment.status.in_(MEMBERS)
)
_NEXT = select(Enrollment.id).where(
    Enrollment.course_id == bindparam("course"),
    Enrollment.status.in_(MEMBERS),
    Enrollment.id > bindparam("after"),
)
_UP_TO = _NEXT.where(Enrollment.id <= bindparam("last"))


def renew_progress(*, course_id: int, version_id: int, after: int = 0) -> None:
    """Bring the stored progress of the next learners to the version that they are on now.

    Those come next whose enrolments have higher numbers than `after`. Where more follow, another
    job is asked for, so each batch is a transaction of its own, and whatever stops the worker,
    the rest is done by the next one. Of a publication that has been followed by another one
    nothing is renewed any more: the other's job does it. Raises `NotFound`.
    """
    course = lock_course(course_id)
    if course.current_version_id != version_id:
        return
    last = recompute_batch(course_id=course_id, after=after)
    if last:
        record(RenewalGoesOn(course_id, version_id, last))


def recompute_batch(*, course_id: int, after: int = 0) -> int | None:
    """Recompute for the next learners after that enrolment; return the last one, or None where
    nobody follows. Some may complete the course by it, for example when a lesson was taken out.
    """
    which = {"course": course_id, "after": after}
    # All of them before the first is changed, in one order, so that nobody waits in a circle.
    locked = _NEXT.order_by(Enrollment.id).limit(BATCH).with_for_update()
    ids = db.session.execute(locked, which).scalars().all()
    if not ids:
        return None
    _recompute(_UP_TO, which | {"last": ids[-1]})
    return ids[-1] if len(ids) == BATCH else None


def recompute_enrollment(*, enrollment_id: int) -> None:
    """Bring one learner's stored progress to their version, if they take part."""
    locked = _ONE.with_for_update()
    if db.session.execute(locked, {"one": enrollment_id}).one_or_none():
        recompute_locked(enrollment_id)


def recompute_locked(enrollment_id: int) -> None:
    """As `recompute_enrollment`, where the caller has locked the enrolment already."""
    _recompute(_ONE, {"one": enrollment_id})


def _recompute(among: Select[int], which: dict[str, int]) -> None:
    """Store the progress of those locked enrolments; complete those that have done everything."""
    stored = db.session.execute(_storing(among, db.engine.dialect.name), which)
    finished = [row.enrollment_id for row in stored if rules.is_complete(row.done, row.required)]
    if not finished:
        return
    completed = enrollments.complete(among=select(Enrollment.id).where(Enrollment.id.in_(finished)))
    for row in completed:
        record(CourseCompleted(row.id, row.course_id, row.user_id))
    if completed:
        issue_certificates([row.id for row in completed])


@cache
def _storing(among: Select[int], _dialect: str) -> Any:
    """Return what stores the progress of those `among`, one of the constants above.

    It is large and sent with each completion, so it is built once: that took longer than it takes
    the database.
    """
    fresh = standing.computed(Enrollment.id.in_(among)).subquery()
    rows = select(
        fresh.c.enrollment_id,
        fresh.c.version_id,
        fresh.c.required,
        fresh.c.done,
        standing.in_percent(fresh.c.done, fresh.c.required),
        clock.db_time(),
    ).where(fresh.c.enrollment_id.is_not(None))  # SQLite needs a WHERE before ON CONFLICT
    statement = insert_for(CourseProgress).from_select(list(_STORED), rows)
    changed = {name: statement.excluded[name] for name in _STORED[1:]}
    return statement.on_conflict_do_update(
        index_elements=["enrollment_id"], set_=changed
    ).returning(
        *(table_of(CourseProgress).c[name] for name in ("enrollment_id", "required", "done"))
    )
