"""What waits for an approver."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.courses.models import Course
from app.core.db import db
from app.core.errors import NotFound


def review_queue() -> list[ReviewRequest]:
    """Return the open requests, the one that has waited longest first."""
    statement = _requests().filter_by(state=ReviewState.OPEN).order_by(ReviewRequest.submitted_at)
    return list(db.session.execute(statement).scalars())


def get_review(request_id: int) -> ReviewRequest:
    """Return a request for review; raises `NotFound`."""
    found = db.session.execute(_requests().filter_by(id=request_id)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def find_open_review(course: Course) -> ReviewRequest | None:
    """Return the request that waits for `course`."""
    statement = _requests().filter_by(course_id=course.id, state=ReviewState.OPEN)
    return db.session.execute(statement).scalars().first()


def _requests() -> Select[ReviewRequest]:
    return select(ReviewRequest).options(
        joinedload(ReviewRequest.course),
        joinedload(ReviewRequest.version),
        joinedload(ReviewRequest.submitted_by),
    )
