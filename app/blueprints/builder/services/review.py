"""The path of those who may not publish by themselves: submit, then approve or send back.

Every act locks the course first, so that of two at once exactly one finds the request open.
"""

from collections.abc import Iterable

from sqlalchemy import select

from app.blueprints.builder.errors import StaleBoard
from app.blueprints.builder.events import (
    ReviewApproved,
    ReviewRequested,
    ReviewSentBack,
    ReviewWithdrawn,
)
from app.blueprints.builder.models import Publication, ReviewRequest, ReviewState
from app.blueprints.builder.policies import can_review
from app.blueprints.builder.queries import publication_preview
from app.blueprints.builder.services.publication import checked_version, request_publication
from app.blueprints.courses.models import Course, CourseStatus, CourseVersion
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries import find_working_version, lock_course
from app.blueprints.courses.services import change_status
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.events import record
from app.core.i18n import gettext
from app.core.i18n import lazy_gettext as _l


def submit_for_review(
    actor: Actor, *, course_id: int, revision: int, note: str = ""
) -> ReviewRequest:
    """Ask an approver to look at the working version as it is at `revision`.

    A request for an earlier state gives way. Raises `Forbidden`, `StaleBoard`, `NotReady`, and
    `Conflict` while one for this state waits already.
    """
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    version = checked_version(course, revision)
    _give_way(version)
    preview = publication_preview(course)
    request = ReviewRequest(
        course_id=course.id,
        version_id=version.id,
        revision=revision,
        note=note.strip(),
        submitted_by_id=actor.id,
        size=preview.size,
        outline=preview.outline.to_json(),
    )
    db.session.add(request)
    db.session.flush()
    if course.status is CourseStatus.DRAFT:
        change_status(actor, course, CourseStatus.REVIEW)
    audit.record(actor, "review.submitted", "course", course.id, request=request.id)
    record(ReviewRequested(request.id))
    return request


def approve(actor: Actor, *, request_id: int, redo_keys: Iterable[str] = ()) -> Publication:
    """Approve what was submitted, which publishes it.

    Raises `StaleBoard` where it has been edited since: an approval is of what was looked at.
    Approvers may approve courses of their own, since they may publish these without asking;
    the record then shows them as their own reviewers.
    """
    _require_reviewer(actor)
    request, course = _open_request(request_id)
    working = find_working_version(course.id, lock=True)
    if working is None or working.id != request.version_id or working.revision != request.revision:
        raise StaleBoard(_l("This was edited after it was submitted. Look at it again."))
    publication = request_publication(
        actor, course_id=course.id, revision=request.revision, redo_keys=redo_keys
    )
    _decide(actor, request, ReviewState.APPROVED)
    record(ReviewApproved(request.id, publication.id))
    return publication


def send_back(actor: Actor, *, request_id: int, reason: str) -> None:
    """Return a version to its authors with reasons; raises `Invalid` without any."""
    _require_reviewer(actor)
    if not reason.strip():
        raise Invalid(fields={"reason": _l("Say what should be changed.")})
    request, course = _open_request(request_id)
    _decide(actor, request, ReviewState.SENT_BACK, reason.strip())
    _back_to_draft(actor, course, reason.strip())
    record(ReviewSentBack(request.id))


def withdraw(actor: Actor, *, course_id: int) -> None:
    """Take the course's open request back; raises `Conflict` where there is none any more."""
    course = lock_course(course_id)
    if not can_edit_course(actor, course):
        raise Forbidden
    statement = select(ReviewRequest).filter_by(course_id=course.id, state=ReviewState.OPEN)
    request = db.session.execute(statement.with_for_update()).scalar_one_or_none()
    if request is None:
        raise Conflict(_l("Nothing of this course waits for review."))
    _decide(actor, request, ReviewState.WITHDRAWN)
    _back_to_draft(actor, course, gettext("Withdrawn"))
    record(ReviewWithdrawn(request.id))


def _require_reviewer(actor: Actor) -> None:
    if not can_review(actor):
        raise Forbidden


def _open_request(request_id: int) -> tuple[ReviewRequest, Course]:
    statement = select(ReviewRequest.course_id).filter_by(id=request_id)
    course_id = db.session.execute(statement).scalar_one_or_none()
    if course_id is None:
        raise NotFound
    course = lock_course(course_id)
    request = db.session.execute(
        select(ReviewRequest)
        .filter_by(id=request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if request.state is not ReviewState.OPEN:
        raise Conflict(_l("This has been decided already."))
    return request, course


def _decide(actor: Actor, request: ReviewRequest, state: ReviewState, reason: str = "") -> None:
    request.state, request.reason = state, reason
    request.decided_by_id, request.decided_at = actor.id, clock.db_now()
    audit.record(
        actor, f"review.{state}", "course", request.course_id, request=request.id, reason=reason
    )


def _back_to_draft(actor: Actor, course: Course, reason: str) -> None:
    """A course that was published before stays published while its next version is worked on."""
    if course.status is CourseStatus.REVIEW:
        change_status(actor, course, CourseStatus.DRAFT, reason)


def _give_way(version: CourseVersion) -> None:
    """Close the open request, which is for an earlier state; raises `Conflict` if it is not."""
    statement = select(ReviewRequest).filter_by(version_id=version.id, state=ReviewState.OPEN)
    waiting = db.session.execute(statement).scalar_one_or_none()
    if waiting is None:
        return
    if waiting.revision == version.revision:
        raise Conflict(_l("This course waits for review already."))
    waiting.state, waiting.decided_at = ReviewState.STALE, clock.db_now()
    db.session.flush()
