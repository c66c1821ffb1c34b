"""Progress, always computed anew and never counted up, and what follows when it is complete.

Sets of learners are one statement, not one for each: thousands of them take as many as one.
"""

from sqlalchemy import Select, select

from app.blueprints.courses.queries import lock_course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.learning.events import CourseCompleted
from app.blueprints.learning.models import CourseProgress
from app.blueprints.learning.queries import standing
from app.blueprints.learning.services.certificates import issue_certificates
from app.core import clock
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.events import record

# So many learners at a time stay far within the time and the values that a statement may take.
_BATCH = 5_000
_STORED = ("enrollment_id", "version_id", "required", "done", "percent", "updated_at")


def recompute_course(*, course_id: int) -> None:
    """Bring the stored progress of all who take part to their version; raises `NotFound`.

    Some may complete the course by it, for example when a lesson was taken out.
    """
    lock_course(course_id)
    among = select(Enrollment.id).where(
        Enrollment.course_id == course_id, Enrollment.status.in_(MEMBERS)
    )
    # All of them before the first is changed, in one order, so that nobody waits in a circle.
    locked = among.order_by(Enrollment.id).with_for_update()
    ids = db.session.execute(locked).scalars().all()
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        recompute(among.where(Enrollment.id.between(batch[0], batch[-1])))


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
