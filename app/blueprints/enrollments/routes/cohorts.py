"""Seats, and the cohorts that a course is taken in."""

from flask import Response, flash, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import CapacityForm, CohortForm
from app.blueprints.enrollments.models import Cohort
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show
from app.core.db import writing
from app.core.errors import Invalid, NotFound
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _


@bp.get("/teaching/<slug>/people/cohorts")
@course_guard(policies.can_see_people)
def cohorts(course: Course) -> Response:
    """Show the seats of the course and its cohorts."""
    return show_cohorts(course)


@bp.post("/teaching/<slug>/people/cohorts")
@course_guard(policies.can_decide_people)
def add_cohort(course: Course) -> Response:
    """Let people take the course in one group more."""
    form = _form(course)
    if not form.is_sent():
        return show_cohorts(course, form=form, status=422)
    try:
        with writing():
            services.add_cohort(current_actor(), course_id=course.id, plan=_plan(form))
    except Invalid as refusal:
        form.take(refusal)
        return show_cohorts(course, form=form, status=refusal.status)
    flash(_("The cohort is there."), "good")
    return _back(course)


@bp.get("/teaching/<slug>/people/cohorts/<int:cohort_id>")
@course_guard(policies.can_decide_people)
def cohort(course: Course, cohort_id: int) -> Response:
    """Show what a cohort is set to."""
    found = _get(course, cohort_id)
    values = {
        "name": found.name,
        "capacity": found.seats.capacity,
        "starts_on": found.starts_on,
        "instructor_id": found.instructor_id or "",
        "is_closed": found.is_closed,
    }
    return _show_one(course, cohort_id, _form(course, formdata=None, data=values))


@bp.put("/teaching/<slug>/people/cohorts/<int:cohort_id>")
@course_guard(policies.can_decide_people)
def change_cohort(course: Course, cohort_id: int) -> Response:
    """Change what a cohort is."""
    form = _form(course)
    if not form.is_sent():
        return _show_one(course, cohort_id, form, status=422)
    try:
        with writing():
            services.change_cohort(
                current_actor(), course_id=course.id, cohort_id=cohort_id, plan=_plan(form)
            )
    except Invalid as refusal:
        form.take(refusal)
        return _show_one(course, cohort_id, form, status=refusal.status)
    flash(_("Saved."), "good")
    return _back(course)


@bp.delete("/teaching/<slug>/people/cohorts/<int:cohort_id>")
@course_guard(policies.can_decide_people)
def remove_cohort(course: Course, cohort_id: int) -> Response:
    """Take away a cohort that nobody was ever in."""
    with writing():
        services.remove_cohort(current_actor(), course_id=course.id, cohort_id=cohort_id)
    flash(_("The cohort is gone."), "good")
    return _back(course)


def show_cohorts(
    course: Course,
    *,
    form: CohortForm | None = None,
    seats_form: CapacityForm | None = None,
    status: int = 200,
) -> Response:
    """Show the page about seats, with what was sent and refused."""
    return show(
        course,
        "cohorts",
        status=status,
        form=form or _form(course, formdata=None),
        seats_form=seats_form or CapacityForm(formdata=None, capacity=course.seats.capacity),
        cohorts=queries.list_cohorts(course.id),
        can_set_capacity=policies.can_set_capacity(current_actor(), course),
    )


def _show_one(course: Course, cohort_id: int, form: CohortForm, status: int = 200) -> Response:
    found = _get(course, cohort_id)
    return show(course, "cohort", status=status, cohort=found, form=form)


def _get(course: Course, cohort_id: int) -> Cohort:
    found = next((one for one in queries.list_cohorts(course.id) if one.id == cohort_id), None)
    if found is None:
        raise NotFound
    return found


def _form(course: Course, **values: object) -> CohortForm:
    form = CohortForm(prefix="cohort-", **values)
    form.offer((person.user_id, person.user.display_name) for person in course.people)
    return form


def _plan(form: CohortForm) -> services.CohortPlan:
    return services.CohortPlan(
        name=form.text("name"),
        capacity=form.capacity.data,
        starts_on=form.starts_on.data,
        instructor_id=form.instructor_id.data,
        is_closed=form.is_closed.data,
    )


def _back(course: Course) -> Response:
    return redirect(url_for("enrollments.cohorts", slug=course.slug))
