"""How many seats a course has."""

from flask import Response, flash, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, services
from app.blueprints.enrollments.forms import CapacityForm
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.cohorts import show_cohorts
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _


@bp.put("/teaching/<slug>/seats")
@course_guard(policies.can_set_capacity)
def set_capacity(course: Course) -> Response:
    """Change how many seats there are."""
    form = CapacityForm()
    if not form.is_sent():
        return show_cohorts(course, seats_form=form, status=422)
    try:
        with writing():
            services.set_capacity(current_actor(), course_id=course.id, capacity=form.capacity.data)
    except Invalid as refusal:
        form.take(refusal)
        return show_cohorts(course, seats_form=form, status=422)
    flash(_("The number of seats is saved."), "good")
    return redirect(url_for("enrollments.cohorts", slug=course.slug))
