"""Which version people are on, and up to which they know what is new."""

from sqlalchemy import ColumnElement, func, select, update

from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments.models import Enrollment
from app.core.actor import Actor
from app.core.db import db


def see_news(actor: Actor, *, course_id: int, number: int) -> None:
    """Note that `actor` knows what is new up to version `number`, at most that which they are on.

    Doing so twice, or late from another tab, changes nothing.
    """
    on = select(CourseVersion.number).where(
        CourseVersion.id == func.coalesce(Enrollment.pinned_version_id, Course.current_version_id),
        Course.id == course_id,
    )
    newest = func.coalesce(on.scalar_subquery(), 0)
    db.session.execute(
        update(Enrollment)
        .where(
            Enrollment.course_id == course_id,
            Enrollment.user_id == actor.id,
            func.coalesce(Enrollment.seen_number, 0) < number,
            newest >= number,
        )
        .values(seen_number=number)
        .execution_options(synchronize_session=False)
    )


def pin_learners(*, course_id: int, version_id: int) -> None:
    """Keep those who follow the current version on `version_id`; one statement for all."""
    _pin(course_id, Enrollment.pinned_version_id.is_(None), version_id)


def unpin_learners(*, course_id: int) -> None:
    """Let everybody follow the current version; one statement for all."""
    _pin(course_id, Enrollment.pinned_version_id.is_not(None), None)


def _pin(course_id: int, which: ColumnElement[bool], version_id: int | None) -> None:
    db.session.execute(
        update(Enrollment)
        .where(Enrollment.course_id == course_id, which)
        .values(pinned_version_id=version_id)
        .execution_options(synchronize_session=False)
    )
