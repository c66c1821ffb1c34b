"""The line for the seats of a course: seen, put in another order, shortened."""

from flask import Response, flash, request, url_for

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries, services
from app.blueprints.enrollments.forms import ReasonForm, TurnForm
from app.blueprints.enrollments.models import WaitlistState
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import number_or_none, show
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _
from app.core.pagination import page_number

_OPEN = {WaitlistState.WAITING.value, WaitlistState.OFFERED.value}


@bp.get("/teaching/<slug>/people/waitlist")
@course_guard(policies.can_see_people)
def waitlist(course: Course) -> Response:
    """Show who is offered a seat, and who waits, in order."""
    asked = request.args.get("state", "")
    state = WaitlistState(asked) if asked in _OPEN else None
    number = page_number(request.args.get("page"))
    return show(
        course,
        "waitlist",
        line=queries.list_line(course.id, number, state=state),
        state=state,
        page_address=lambda n: url_for(
            "enrollments.waitlist", slug=course.slug, state=state, page=n
        ),
    )


@bp.get("/teaching/<slug>/people/waitlist/<int:entry_id>")
@course_guard(policies.can_decide_people)
def in_line(course: Course, entry_id: int) -> Response:
    """Ask where somebody in the line goes, and why."""
    found = queries.get_in_line(course.id, entry_id)
    place = number_or_none(request.args.get("place", "")) or found.place
    return _show(course, entry_id, TurnForm(formdata=None, data={"place": place}))


@bp.put("/teaching/<slug>/people/waitlist/<int:entry_id>")
@course_guard(policies.can_decide_people)
def move_in_line(course: Course, entry_id: int) -> Response:
    """Put somebody at another place of the line."""
    form = TurnForm()
    if not form.is_sent():
        return _show(course, entry_id, form, status=422)
    try:
        with writing():
            services.reorder(
                current_actor(),
                course_id=course.id,
                entry_id=entry_id,
                place=int(form.text("place")),
                reason=form.text("reason"),
            )
    except Invalid as refusal:
        form.take(refusal)
        return _show(course, entry_id, form, status=refusal.status)
    flash(_("The line is in its new order. They can read why."), "good")
    return redirect(url_for("enrollments.waitlist", slug=course.slug))


@bp.delete("/teaching/<slug>/people/waitlist/<int:entry_id>")
@course_guard(policies.can_decide_people)
def remove_from_line(course: Course, entry_id: int) -> Response:
    """Take somebody out of the line."""
    form = ReasonForm(prefix="out-")
    try:
        with writing():
            services.remove_from_line(
                current_actor(),
                course_id=course.id,
                entry_id=entry_id,
                reason=form.text("reason"),
            )
    except Invalid as refusal:
        form.take(refusal)
        return _show(course, entry_id, removal=form, status=refusal.status)
    flash(_("They are out of the line, and can read why."), "good")
    return redirect(url_for("enrollments.waitlist", slug=course.slug))


def _show(
    course: Course,
    entry_id: int,
    form: TurnForm | None = None,
    removal: ReasonForm | None = None,
    status: int = 200,
) -> Response:
    found = queries.get_in_line(course.id, entry_id)
    return show(
        course,
        "in_line",
        status=status,
        found=found,
        form=form or TurnForm(formdata=None, data={"place": found.place}),
        removal=removal or ReasonForm(prefix="out-", formdata=None),
    )
