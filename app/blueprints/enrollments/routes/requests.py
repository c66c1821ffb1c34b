"""Those who ask to take part and wait for an answer."""

from flask import Response, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show
from app.core.pagination import page_number


@bp.get("/teaching/<slug>/people/requests")
@course_guard(policies.can_see_people)
def requests(course: Course) -> Response:
    """Show who asks to take part, who asked first being the first."""
    return show(
        course,
        "requests",
        people=queries.list_requests(course.id, page_number(request.args.get("page"))),
        page_address=lambda number: url_for("enrollments.requests", slug=course.slug, page=number),
    )
