"""How authors and approvers talk about a version; and how the reviews of a course went."""

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.policies import can_follow_course, can_see_draft
from app.blueprints.builder.routes.blueprint import base_of, bp, command
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.addresses import local_path
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.sent import once


@bp.get("/teaching/<slug>/reviews")
@course_guard(can_follow_course)
def reviews(course: Course) -> Response:
    """Show every round of review, and the steps in the life of the course."""
    return render(
        "builder/reviews.html",
        course=course,
        rounds=queries.list_rounds(course),
        steps=queries.list_status_changes(course),
    )


@bp.delete("/teaching/<slug>/reviews/open")
@command
@course_guard(can_edit_course)
def withdraw(course: Course) -> Response:
    """Take a version back from review."""
    with writing():
        services.withdraw(current_actor(), course_id=course.id)
    flash(_("Withdrawn. You can submit it again at any time."), "good")
    return redirect(url_for("builder.review_step", slug=course.slug))


@bp.post("/teaching/<slug>/comments/<int:comment_id>/replies")
@command
@course_guard(can_see_draft)
def reply(course: Course, comment_id: int) -> Response:
    """Answer a comment."""
    actor, text = current_actor(), request.form.get("text", "")
    with writing():
        once(
            text,
            lambda: services.reply(actor, course_id=course.id, comment_id=comment_id, text=text).id,
        )
    return _back(course, comment_id)


@bp.post("/teaching/<slug>/comments/<int:comment_id>/resolution")
@command
@course_guard(can_see_draft)
def resolve(course: Course, comment_id: int) -> Response:
    """Mark a comment as dealt with."""
    with writing():
        services.resolve(current_actor(), course_id=course.id, comment_id=comment_id)
    return _back(course, comment_id)


@bp.delete("/teaching/<slug>/comments/<int:comment_id>/resolution")
@command
@course_guard(can_see_draft)
def open_again(course: Course, comment_id: int) -> Response:
    """Open a comment again."""
    with writing():
        services.resolve(
            current_actor(), course_id=course.id, comment_id=comment_id, resolved=False
        )
    return _back(course, comment_id)


def _back(course: Course, comment_id: int) -> Response:
    address = local_path(request.form.get("next"), f"{base_of(course)}/review")
    return redirect(f"{address}#comment-{comment_id}")
