"""How people get into a course, and what they should have done before."""

from typing import Any

from flask import Response, flash, request, url_for

from app.blueprints.courses import queries, services
from app.blueprints.courses.forms import AdmissionForm, PrerequisiteForm
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course, EnrollmentType
from app.blueprints.courses.policies import can_edit_course, can_manage_course
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.routes.settings.frame import show
from app.blueprints.courses.rules.prices import parse_price
from app.blueprints.courses.services import Admission
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import is_fragment, redirect, render
from app.core.i18n import gettext as _
from app.core.registries import panels


@bp.get("/teaching/<slug>/settings/admission")
@course_guard(can_edit_course)
def admission(course: Course) -> Response:
    """Show how people get in."""
    return _show(course)


@bp.post("/teaching/<slug>/settings/admission")
@course_guard(can_manage_course)
def set_admission(course: Course) -> Response:
    """Let people in otherwise."""
    form = AdmissionForm()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    try:
        with writing():
            services.set_admission(current_actor(), course_id=course.id, admission=_admission(form))
    except Invalid as error:
        form.take(error)
        return _show(course, status=error.status, form=form)
    flash(_("Saved. It holds for everybody who comes from now on."), "good")
    return _back(course)


@bp.get("/teaching/<slug>/prerequisites")
@course_guard(can_edit_course)
def find_prerequisites(course: Course) -> Response:
    """Look for courses that this one could ask for."""
    if not is_fragment():
        return _show(course)
    return render("courses/settings/_nameable.html", course=course, **_looked_for(course))


@bp.post("/teaching/<slug>/prerequisites")
@course_guard(can_edit_course)
def add_prerequisite(course: Course) -> Response:
    """Ask for another course."""
    form = PrerequisiteForm()
    if not form.is_sent():
        return _show(course, status=422, prerequisite=form)
    try:
        with writing():
            services.add_prerequisite(
                current_actor(), course_id=course.id, slug=form.text("required")
            )
    except Invalid as error:
        form.take(error)
        return _show(course, status=error.status, prerequisite=form)
    flash(_("Shown on the course's page from now on."), "good")
    return _back(course)


@bp.delete("/teaching/<slug>/prerequisites/<int:required_id>")
@course_guard(can_edit_course)
def remove_prerequisite(course: Course, required_id: int) -> Response:
    """Ask for that course no more."""
    with writing():
        services.remove_prerequisite(current_actor(), course_id=course.id, required_id=required_id)
    flash(_("Not asked for any more."), "good")
    return _back(course)


def _admission(form: AdmissionForm) -> Admission:
    values = {name: value for name, value in form.data.items() if name in Admission.__slots__}
    values["enrollment_type"] = EnrollmentType(values["enrollment_type"])
    values["price"] = parse_price(form.text("price"), values["currency"])
    return Admission(**values)


def _back(course: Course) -> Response:
    return redirect(url_for("courses.admission", slug=course.slug))


def _show(
    course: Course,
    *,
    status: int = 200,
    form: AdmissionForm | None = None,
    prerequisite: PrerequisiteForm | None = None,
) -> Response:
    return show(
        course,
        "admission",
        status=status,
        form=form or AdmissionForm(data=AdmissionForm.values_of(course), formdata=None),
        prerequisite=prerequisite or PrerequisiteForm(formdata=None),
        prerequisites=queries.list_prerequisites(course.id),
        **_looked_for(course),
        links=panels.call("courses.admission_links", course),
    )


def _looked_for(course: Course) -> dict[str, Any]:
    spoken = request.args.get("q", "")
    found = queries.nameable_courses(course.id, current_actor().id, spoken)
    return {"spoken": spoken, "nameable": found}
