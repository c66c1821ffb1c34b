"""Who did what on a course, and when."""

from flask import Response, request, url_for

from app.blueprints.builder import queries
from app.blueprints.builder.routes.answers import context_of
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.htmx import render
from app.core.i18n import spoken
from app.core.pagination import page_number


@bp.get("/teaching/<slug>/activity")
@course_guard(can_edit_course)
def activity(course: Course) -> Response:
    """List the changes of the version that is being worked on, the last first."""
    view = queries.board(course)
    found = queries.activity(view.version, page_number(request.args.get("page")))

    def page_url(number: int) -> str:
        return url_for("builder.activity", slug=course.slug, page=number)

    more = {"listed": found, "page_url": page_url, "spoken": spoken, "step": 0}
    return render("builder/activity.html", **context_of(course, view, **more))
