"""What authors and approvers do in a review, in one line each."""

from app.blueprints.builder import services
from app.blueprints.builder.models import ReviewComment, ReviewRequest
from app.blueprints.courses.models import Course
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.steps import working


def submit(author: Actor, course: Course, note: str = "") -> ReviewRequest:
    """Submit the working version as it is."""
    with writing():
        return services.submit_for_review(
            author, course_id=course.id, revision=working(course).revision, note=note
        )


def comment(approver: Actor, request: ReviewRequest, text: str, **place: str) -> ReviewComment:
    """Say something about the course, a lesson or a block."""
    with writing():
        return services.comment(approver, request_id=request.id, text=text, **place)


def send_back(approver: Actor, request: ReviewRequest, reason: str = "Add a picture.") -> None:
    """Return it with a reason."""
    with writing():
        services.send_back(approver, request_id=request.id, reason=reason)


def state_of(request: ReviewRequest) -> str:
    """How the request stands, as the database has it."""
    db.session.expire_all()
    return str(db.session.get_one(ReviewRequest, request.id).state)
