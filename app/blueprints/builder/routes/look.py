"""The cover and the pace of a course, beside its basics."""

from contextlib import suppress

from flask import Response, flash, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.forms import PacingForm
from app.blueprints.builder.routes.answers import context_of
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.rules.pacing import Pacing, PacingMode
from app.blueprints.courses.services.uploads import received
from app.blueprints.profiles.queries import quotas_of
from app.core import limits
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter


def _largest() -> int:
    return quotas_of(current_actor().id).most_file_bytes


@bp.get("/teaching/<slug>/look")
@course_guard(can_edit_course)
def look(course: Course) -> Response:
    """Show the cover and the pace of the version being built."""
    return _show(course)


@bp.post("/teaching/<slug>/cover")
@takes_files(_largest)
@limiter.limit(limits.UPLOAD)
@course_guard(can_edit_course)
def set_cover(course: Course) -> Response:
    """Let the course have a picture of its own."""
    actor, file = current_actor(), request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid(fields={"file": _l("Choose a picture.")})
        with (
            received(actor, course, stream=file.stream, name=file.filename) as upload,
            writing(),
        ):
            services.set_cover(actor, course_id=course.id, upload=upload)
    except Invalid as error:
        words = " ".join(map(str, error.fields.values())) or str(error.message)
        return _show(course, status=error.status, refusal=words)
    flash(_("The cover is in the draft. Learners see it with the next publication."), "good")
    return _back(course)


@bp.delete("/teaching/<slug>/cover")
@command
@course_guard(can_edit_course)
def remove_cover(course: Course) -> Response:
    """Go back to the drawn cover."""
    with suppress(Unchanged), writing():
        services.remove_cover(current_actor(), course_id=course.id)
    flash(_("The draft has the drawn cover again."), "good")
    return _back(course)


@bp.post("/teaching/<slug>/pacing")
@command
@course_guard(can_edit_course)
def set_pacing(course: Course) -> Response:
    """Let modules open at another pace."""
    form = PacingForm()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    pacing = Pacing(PacingMode(form.mode.data), form.starts_on.data, form.every_days.data or 7)
    try:
        with suppress(Unchanged), writing():
            services.set_pacing(current_actor(), course_id=course.id, pacing=pacing)
    except Invalid as error:
        form.take(error)
        return _show(course, status=error.status, form=form)
    flash(_("The pace is in the draft. It holds with the next publication."), "good")
    return _back(course)


def _back(course: Course) -> Response:
    return redirect(url_for("builder.look", slug=course.slug))


def _show(
    course: Course, *, status: int = 200, form: PacingForm | None = None, refusal: str = ""
) -> Response:
    view = queries.board(course)
    pacing = Pacing.from_json(view.version.pacing)
    values = {
        "mode": str(pacing.mode),
        "starts_on": pacing.starts_on,
        "every_days": pacing.every_days,
    }
    form = form or PacingForm(data=values, formdata=None)
    context = context_of(course, view, form=form, refusal=refusal, step=1)
    return render("builder/look.html", status=status, **context)
