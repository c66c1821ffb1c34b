"""What is said in a review: comments on the course, a lesson or a block, with answers."""

from sqlalchemy import select

from app.blueprints.builder.events import ReviewCommented
from app.blueprints.builder.models import ReviewComment, ReviewRequest, ReviewState
from app.blueprints.builder.policies import can_review, can_see_draft
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import find_working_version, get_course
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l

LONGEST_COMMENT = 4_000


def comment(
    actor: Actor, *, request_id: int, text: str, lesson: str = "", block: str = ""
) -> ReviewComment:
    """Say something about a version under review, or about a lesson or a block of it.

    Raises `Forbidden`, `NotFound` for a place that there is not, `Conflict` once it is decided,
    and `Invalid`.
    """
    if not can_review(actor):
        raise Forbidden
    request = db.session.get(ReviewRequest, request_id, with_for_update=True)
    if request is None:
        raise NotFound
    get_course(request.course_id)  # a deleted one is not there
    text = _checked(text)
    if request.state is not ReviewState.OPEN:
        raise Conflict(_l("This has been decided already."))
    _require_place(request, lesson, block)
    return _say(actor, request.id, text, lesson_key=lesson, block_key=block)


def reply(actor: Actor, *, course_id: int, comment_id: int, text: str) -> ReviewComment:
    """Answer a comment; an answer to an answer stands under the same comment.

    Raises `NotFound`, `Forbidden`, `Conflict` once the version is out, and `Invalid`.
    """
    asked = _of_draft(actor, course_id, comment_id)
    text = _checked(text)
    return _say(
        actor,
        asked.request_id,
        text,
        parent_id=asked.parent_id or asked.id,
        lesson_key=asked.lesson_key,
        block_key=asked.block_key,
    )


def resolve(actor: Actor, *, course_id: int, comment_id: int, resolved: bool = True) -> None:
    """Mark a comment as dealt with, or open it again; doing so twice changes nothing.

    Authors and approvers may both: the one who did is named. Raises as `reply`.
    """
    thread = _of_draft(actor, course_id, comment_id)
    if thread.parent_id is not None:
        raise NotFound
    if resolved is (thread.resolved_at is not None):
        return
    thread.resolved_at = clock.db_now() if resolved else None
    thread.resolved_by_id = actor.id if resolved else None


def _of_draft(actor: Actor, course_id: int, comment_id: int) -> ReviewComment:
    """Return a comment, locked, on the version of a course that is being worked on."""
    course = get_course(course_id)
    if not can_see_draft(actor, course):
        raise Forbidden
    found = db.session.execute(
        select(ReviewComment, ReviewRequest.version_id)
        .join(ReviewRequest, ReviewRequest.id == ReviewComment.request_id)
        .where(ReviewComment.id == comment_id, ReviewRequest.course_id == course.id)
        .with_for_update(of=ReviewComment)
    ).one_or_none()
    if found is None:
        raise NotFound
    _require_draft(course, found.version_id)
    comment: ReviewComment = found.ReviewComment
    return comment


def _require_draft(course: Course, version_id: int) -> None:
    working = find_working_version(course.id)
    if working is None or working.id != version_id:
        raise Conflict(_l("What this was about is published."))


def _require_place(request: ReviewRequest, lesson: str, block: str) -> None:
    """Raise `NotFound` unless the version has this lesson, and the lesson this block."""
    if block and not lesson:
        raise NotFound
    if not lesson:
        return
    blocks = lesson_text(request.version_id, lesson).blocks
    if block and block not in {one["key"] for one in blocks}:
        raise NotFound


def _say(actor: Actor, request_id: int, text: str, **place: object) -> ReviewComment:
    said = ReviewComment(
        request_id=request_id, author_id=actor.id, text=text, at=clock.db_now(), **place
    )
    db.session.add(said)
    db.session.flush()
    record(ReviewCommented(said.id))
    return said


def _checked(text: str) -> str:
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise Invalid(fields={"text": _l("Write something first.")})
    if len(text) > LONGEST_COMMENT:
        raise Invalid(fields={"text": _l("Keep it under 4,000 characters.")})
    return text
