"""The end of a course and its return; higher floors add how to copy it."""

from flask import Response, flash, url_for

from app.blueprints.courses import services
from app.blueprints.courses.forms import ArchiveForm, DeleteForm
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course, can_manage_course
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.routes.settings.frame import show
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import gettext as _
from app.core.registries import panels


@bp.get("/teaching/<slug>/settings/life")
@course_guard(can_edit_course)
def life(course: Course) -> Response:
    """Show how to copy the course, end it, bring it back and delete it."""
    return _show(course)


@bp.post("/teaching/<slug>/archiving")
@course_guard(can_manage_course)
def archive(course: Course) -> Response:
    """End a published course."""
    form = ArchiveForm()
    if not form.is_sent():
        return _show(course, status=422, form=form)
    with writing():
        services.archive_course(current_actor(), course_id=course.id, reason=form.text("reason"))
    flash(_("Archived. Those who are in it can go on; nobody new comes in."), "good")
    return _back(course)


@bp.delete("/teaching/<slug>/archiving")
@course_guard(can_manage_course)
def bring_back(course: Course) -> Response:
    """Open an archived course again."""
    with writing():
        services.bring_back_course(current_actor(), course_id=course.id)
    flash(_("The course is back, and takes people in again."), "good")
    return _back(course)


@bp.post("/teaching/<slug>/deletion")
@course_guard(can_manage_course)
def delete(course: Course) -> Response:
    """Put the course away; only an administrator can bring it back."""
    form = DeleteForm()
    if not form.is_sent():
        return _show(course, status=422, deletion=form)
    with writing():
        services.delete_course(current_actor(), course_id=course.id)
    flash(_("“%(title)s” is deleted. An administrator can bring it back.", title=course.title))
    return redirect(url_for("courses.catalogue"))


def _back(course: Course) -> Response:
    return redirect(url_for("courses.life", slug=course.slug))


def _show(
    course: Course,
    *,
    status: int = 200,
    form: ArchiveForm | None = None,
    deletion: DeleteForm | None = None,
) -> Response:
    return show(
        course,
        "life",
        status=status,
        form=form or ArchiveForm(formdata=None),
        deletion=deletion or DeleteForm(formdata=None),
        parts=panels.call("courses.settings_life", course),
    )
