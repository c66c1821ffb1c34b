"""Taking and leaving a seat."""

from flask import Response, flash, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, services
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.routes.blueprint import bp
from app.core import limits
from app.core.db import writing
from app.core.errors import Conflict
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter


@bp.post("/courses/<slug>/enrollment")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def enrol(course: Course) -> Response:
    """Take a seat, then show the course with what comes next."""
    try:
        with writing():
            place = services.enrol(current_actor(), course_id=course.id)
    except Conflict as refusal:
        return _refused(course, refusal)
    if isinstance(place, Enrollment):
        flash(_("You are enrolled. Begin whenever you like."), "good")
    else:
        flash(_("Every seat is taken. You are in line, and we write to you when one is yours."))
    return redirect(url_for("courses.show", slug=course.slug))


@bp.delete("/courses/<slug>/enrollment")
@limiter.limit(limits.ENROL)
@course_guard(policies.can_enrol)
def withdraw(course: Course) -> Response:
    """Leave the course."""
    try:
        with writing():
            services.withdraw(current_actor(), course_id=course.id)
    except Conflict as refusal:
        return _refused(course, refusal)
    flash(_("You have left the course. What you did is kept, should you come back."))
    return redirect(url_for("courses.show", slug=course.slug))


def _refused(course: Course, refusal: Conflict) -> Response:
    return render(
        "enrollments/refused.html", status=refusal.status, course=course, message=refusal.message
    )
