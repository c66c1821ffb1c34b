"""What waits for an approver."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.courses.models import Course
from app.core.db import db
from app.core.errors import NotFound


def review_queue() -> list[ReviewRequest]:
    """Return the open requests, the one that has waited longest first."""
    statement = _requests(ReviewRequest.state == ReviewState.OPEN)
    oldest_first = statement.order_by(ReviewRequest.submitted_at)
    return list(db.session.execute(oldest_first).scalars())


def get_review(request_id: int) -> ReviewRequest:
    """Return a request for review; raises `NotFound`."""
    statement = _requests(ReviewRequest.id == request_id)
    found = db.session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def find_open_review(course: Course) -> ReviewRequest | None:
    """Return the request that waits for `course`."""
    statement = _requests(
        ReviewRequest.course_id == course.id, ReviewRequest.state == ReviewState.OPEN
    )
    return db.session.execute(statement).scalars().first()


def _requests(*which: ColumnElement[bool]) -> Select[ReviewRequest]:
    """Select requests about courses that are still there."""
    return (
        select(ReviewRequest)
        .join(Course, Course.id == ReviewRequest.course_id)
        .where(Course.deleted_at.is_(None), *which)
        .options(
            contains_eager(ReviewRequest.course),
            joinedload(ReviewRequest.version),
            joinedload(ReviewRequest.submitted_by),
        )
    )
