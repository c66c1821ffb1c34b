"""The people of a course, and its seats, for those who teach it."""

from functools import partial

from flask import Response, flash, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import CapacityForm
from app.blueprints.enrollments.models import EnrollmentStatus
from app.blueprints.enrollments.routes.blueprint import bp
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/teaching/<slug>/people")
@course_guard(policies.can_see_people)
def people(course: Course) -> Response:
    """Show who is in the course."""
    return _people(course, CapacityForm(capacity=course.seats.capacity))


@bp.put("/teaching/<slug>/seats")
@course_guard(policies.can_set_capacity)
def set_capacity(course: Course) -> Response:
    """Change how many seats there are."""
    form = CapacityForm()
    if not form.is_sent():
        return _people(course, form, status=422)
    try:
        with writing():
            services.set_capacity(current_actor(), course_id=course.id, capacity=form.capacity.data)
    except Invalid as refusal:
        form.take(refusal)
        return _people(course, form, status=422)
    flash(_("The number of seats is saved."), "good")
    return redirect(url_for("enrollments.people", slug=course.slug))


def _people(course: Course, form: CapacityForm, status: int = 200) -> Response:
    wanted = _roster_filter()
    address_of = partial(url_for, "enrollments.people", slug=course.slug, q=wanted.search or None)
    return render(
        "enrollments/people.html",
        "enrollments/_roster_rows.html",
        status=status,
        course=course,
        form=form,
        wanted=wanted,
        people=queries.roster(course.id, wanted),
        counts=queries.count_by_status([course.id])[course.id],
        can_set_capacity=policies.can_set_capacity(current_actor(), course),
        address_of=address_of,
        page_address=lambda number: address_of(status=wanted.status, page=number),
    )


def _roster_filter() -> queries.RosterFilter:
    asked = request.args.get("status", "")
    known = {status.value for status in EnrollmentStatus}
    return queries.RosterFilter(
        search=request.args.get("q", "").strip(),
        status=EnrollmentStatus(asked) if asked in known else None,
        page=page_number(request.args.get("page")),
    )
