"""What is new in a course, put away by whoever has read it."""

from flask import Response, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.learning import policies
from app.blueprints.learning.routes.blueprint import bp
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import is_fragment, redirect
from app.core.i18n import gettext as _


@bp.post("/learning/<slug>/news")
@course_guard(policies.can_ask_for_lessons)
def put_away(course: Course) -> Response:
    """Note that the person knows what is new up to a version, and take the notice away."""
    number = request.form.get("number", 0, type=int)
    if not 0 < number < 2**31:
        raise Invalid(_("Load the page again."))
    with writing():
        enrollments.see_news(current_actor(), course_id=course.id, number=number)
    if is_fragment():
        return Response("")
    place = request.form.get("place", "")
    if place:
        return redirect(url_for("learning.lesson", slug=course.slug, lesson=place))
    return redirect(url_for("courses.show", slug=course.slug))
