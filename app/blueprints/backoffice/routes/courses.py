"""All courses, deleted ones too."""

from flask import Response, flash, request, url_for

from app.blueprints.backoffice import queries
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.blueprints.courses import services
from app.core.addresses import local_path
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/courses")
@administrators
def courses() -> Response:
    """List courses by title and status."""
    search, status = request.args.get("q", "").strip(), request.args.get("status", "")
    number = page_number(request.args.get("page"))
    page = queries.list_courses(search=search, status=status, page=number)
    templates = "backoffice/courses.html", "backoffice/_courses.html"
    counts = queries.count_courses(search)
    return render(*templates, page=page, search=search, chosen=status, counts=counts)


@bp.delete("/courses/<int:course_id>")
@administrators
def delete_course(course_id: int) -> Response:
    """Put a course away."""
    with writing():
        services.delete_course(current_actor(), course_id=course_id)
    flash(_("The course is deleted. You find it here under Deleted, and can restore it."), "good")
    return _back()


@bp.post("/courses/<int:course_id>/restoration")
@administrators
def restore_course(course_id: int) -> Response:
    """Bring a deleted course back."""
    with writing():
        course = services.restore_course(current_actor(), course_id=course_id)
    flash(_("“%(title)s” is back.", title=course.title), "good")
    return _back()


def _back() -> Response:
    return redirect(local_path(request.form.get("next"), url_for("backoffice.courses")))
