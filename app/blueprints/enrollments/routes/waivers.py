"""Exceptions: who may take a course without the other courses that it asks for."""

from flask import Response, flash, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import WaiverForm
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _


@bp.get("/teaching/<slug>/people/waivers")
@course_guard(policies.can_see_people)
def waivers(course: Course) -> Response:
    """Show of whom nothing is asked first, and why."""
    return _show(course, WaiverForm(formdata=None))


@bp.post("/teaching/<slug>/people/waivers")
@course_guard(policies.can_decide_people)
def waive(course: Course) -> Response:
    """Let somebody take the course as they are; whether anybody has the address stays untold."""
    form = WaiverForm()
    if not form.is_sent():
        return _show(course, form, status=422)
    try:
        with writing():
            services.waive_prerequisites(
                current_actor(),
                course_id=course.id,
                email=form.text("email"),
                reason=form.text("reason"),
            )
    except Invalid as refusal:
        form.take(refusal)
        return _show(course, form, status=refusal.status)
    flash(_("If somebody here has this address, they can take the course as they are."), "good")
    return redirect(url_for("enrollments.waivers", slug=course.slug))


def _show(course: Course, form: WaiverForm, status: int = 200) -> Response:
    return show(
        course, "waivers", status=status, form=form, waivers=queries.list_waivers(course.id)
    )
