"""What waits for an approver, and how the reviews of a course went."""

import enum
import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.courses.models import Course, CourseInstructor, CourseStatusChange
from app.blueprints.courses.rules.difference import Difference, compare
from app.blueprints.courses.rules.outline import Outline
from app.core.db import db
from app.core.errors import NotFound
from app.core.pagination import Page, paginate

# Of a course's history; what is older is in the audit trail.
MOST = 100


class Whose(enum.StrEnum):
    """Which part of the queue somebody looks at."""

    ALL = ""
    MINE = "mine"
    OTHERS = "others"


def review_queue(person: int, *, whose: Whose = Whose.ALL, page: int = 1) -> Page[ReviewRequest]:
    """Return a page of the open requests, the one that has waited longest first.

    `whose` tells requests for courses that this person works in from those of others.
    """
    theirs = select(CourseInstructor.course_id).where(CourseInstructor.user_id == person)
    statement = _requests(ReviewRequest.state == ReviewState.OPEN)
    if whose is Whose.MINE:
        statement = statement.where(ReviewRequest.course_id.in_(theirs))
    elif whose is Whose.OTHERS:
        statement = statement.where(ReviewRequest.course_id.not_in(theirs))
    return paginate(statement.order_by(ReviewRequest.submitted_at, ReviewRequest.id), page)


def get_review(request_id: int) -> ReviewRequest:
    """Return a request for review, with the outline that was submitted; raises `NotFound`."""
    statement = _requests(ReviewRequest.id == request_id).options(undefer(ReviewRequest.outline))
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


def changed_since(request: ReviewRequest, now: Outline) -> Difference | None:
    """Return what was edited after `request` was made; None where that cannot be told."""
    if request.outline is None:
        return None
    # Both as JSON tells them, so that a list is not another thing than a tuple.
    told = json.loads(json.dumps(now.to_json()))
    return compare(Outline.from_json(request.outline), Outline.from_json(told))


def list_rounds(course: Course) -> list[ReviewRequest]:
    """Return the requests for review of `course`, the last one first."""
    statement = (
        select(ReviewRequest)
        .where(ReviewRequest.course_id == course.id)
        .options(joinedload(ReviewRequest.submitted_by), joinedload(ReviewRequest.decided_by))
        .order_by(ReviewRequest.id.desc())
        .limit(MOST)
    )
    return list(db.session.execute(statement).scalars())


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One step in the life of a course, and who took it."""

    change: CourseStatusChange
    by: str


def list_status_changes(course: Course) -> list[StatusStep]:
    """Return the steps that `course` has taken, the last one first."""
    rows = db.session.execute(
        select(CourseStatusChange, User.display_name)
        .outerjoin(User, User.id == CourseStatusChange.actor_id)
        .where(CourseStatusChange.course_id == course.id)
        .order_by(CourseStatusChange.id.desc())
        .limit(MOST)
    )
    return [StatusStep(change, name or "") for change, name in rows]


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
