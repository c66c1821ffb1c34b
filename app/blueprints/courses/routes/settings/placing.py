"""What a course is sorted by, who can find it, and its address."""

from flask import Response, flash, url_for

from app.blueprints.courses import queries, services
from app.blueprints.courses.forms import LISTED, AddressForm, PlacingForm
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course, can_manage_course
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.routes.settings.frame import show
from app.blueprints.courses.services import Placing
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _


@bp.get("/teaching/<slug>/settings")
@course_guard(can_edit_course)
def settings(course: Course) -> Response:
    """Show what the course is sorted by, who finds it, and its address."""
    return _show(course)


@bp.post("/teaching/<slug>/settings/placing")
@course_guard(can_edit_course)
def place(course: Course) -> Response:
    """Sort the course otherwise."""
    form = _placing_form()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    placing = Placing(
        subject_id=form.subject_id.data,
        category_ids=tuple(form.category_ids.data or ()),
        tags=form.text("tags"),
        product_suite=form.text("product_suite"),
        product_concept=form.text("product_concept"),
        is_public=form.visibility.data == LISTED,
    )
    try:
        with writing():
            services.place_course(current_actor(), course_id=course.id, placing=placing)
    except Invalid as error:
        form.take(error)
        return _show(queries.get_course(course.id), status=error.status, form=form)
    flash(_("Saved. It holds from now on."), "good")
    return redirect(url_for("courses.settings", slug=course.slug))


@bp.post("/teaching/<slug>/settings/address")
@course_guard(can_manage_course)
def change_address(course: Course) -> Response:
    """Give the course another address, before it is known."""
    form = AddressForm()
    if not form.is_sent():
        return _show(course, status=422, address=form)
    try:
        with writing():
            changed = services.change_address(
                current_actor(), course_id=course.id, slug=form.text("slug")
            )
    except Invalid as error:
        form.take(error)
        return _show(queries.get_course(course.id), status=error.status, address=form)
    flash(_("The course has another address."), "good")
    return redirect(url_for("courses.settings", slug=changed.slug))


def _show(
    course: Course,
    *,
    status: int = 200,
    form: PlacingForm | None = None,
    address: AddressForm | None = None,
) -> Response:
    return show(
        course,
        "settings",
        status=status,
        form=form or _placing_form(data=PlacingForm.values_of(course), formdata=None),
        address=address or AddressForm(data={"slug": course.slug}, formdata=None),
    )


def _placing_form(**values: object) -> PlacingForm:
    form = PlacingForm(**values)
    form.offer(queries.list_subjects(), queries.list_categories())
    return form
