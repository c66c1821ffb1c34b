"""Progress, always computed anew and never counted up, and what follows when it is complete.

Sets of learners are one statement, not one for each: thousands of them take as many as one.
"""

from sqlalchemy import Select, select

from app.blueprints.courses.queries import lock_course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.events import CourseCompleted, RenewalGoesOn
from app.blueprints.learning.models import CourseProgress
from app.blueprints.learning.queries import standing
from app.blueprints.learning.services.certificates import issue_certificates
from app.core import clock
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.events import record

# So many learners at a time keep other writers waiting for less than a second.
BATCH = 500
_STORED = ("enrollment_id", "version_id", "required", "done", "percent", "updated_at")


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
    among = select(Enrollment.id).where(
        Enrollment.course_id == course_id, Enrollment.status.in_(MEMBERS), Enrollment.id > after
    )
    # All of them before the first is changed, in one order, so that nobody waits in a circle.
    locked = among.order_by(Enrollment.id).limit(BATCH).with_for_update()
    ids = db.session.execute(locked).scalars().all()
    if not ids:
        return None
    recompute(among.where(Enrollment.id <= ids[-1]))
    return ids[-1] if len(ids) == BATCH else None


def recompute_enrollment(*, enrollment_id: int) -> None:
    """Bring one learner's stored progress to their version, if they take part."""
    among = select(Enrollment.id).where(
        Enrollment.id == enrollment_id, Enrollment.status.in_(MEMBERS)
    )
    if db.session.execute(among.with_for_update()).one_or_none():
        recompute(among)


def recompute(among: Select[int]) -> None:
    """Store the progress of the enrolments `among`, which the caller has locked; complete those
    that have done everything.
    """
    _store(among)
    finished = select(CourseProgress.enrollment_id).where(
        CourseProgress.enrollment_id.in_(among),
        CourseProgress.required > 0,
        CourseProgress.done == CourseProgress.required,
    )
    completed = enrollments.complete(among=finished)
    for row in completed:
        record(CourseCompleted(row.id, row.course_id, row.user_id))
    issue_certificates([row.id for row in completed])


def _store(among: Select[int]) -> None:
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
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["enrollment_id"], set_=changed)
    )
