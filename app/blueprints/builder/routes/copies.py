"""Copies of a course: clones, and templates that courses are begun from."""

from collections.abc import Callable

from flask import Response, flash, request, url_for

from app.blueprints.builder import services
from app.blueprints.builder.forms import CopyForm
from app.blueprints.builder.policies import can_copy
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course, TemplateReach
from app.blueprints.courses.policies import can_review_course
from app.core import limits
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.sent import once


@bp.post("/teaching/<slug>/copies")
@limiter.limit(limits.CREATE)
@course_guard(can_copy)
def clone_course(course: Course) -> Response:
    """Make a course of one's own that says the same."""
    return _copy(course, services.clone_course, _("This is your copy. Nobody sees it yet."))


@bp.post("/teaching/<slug>/templates")
@limiter.limit(limits.CREATE)
@course_guard(can_copy)
def save_as_template(course: Course) -> Response:
    """Keep what the course says now, to begin others from it."""
    told = _("This is the template. You find it where you begin a new course.")
    return _copy(course, services.save_as_template, told)


@bp.put("/teaching/<slug>/template")
@command
@course_guard(can_review_course)
def set_template_reach(course: Course) -> Response:
    """Offer a template to everybody, or take it back."""
    if request.form.get("reach") not in set(TemplateReach):
        raise Invalid(_("Say who may begin courses from it."))
    reach = TemplateReach(request.form["reach"])
    with writing():
        services.set_template_reach(current_actor(), course_id=course.id, reach=reach)
    flash(_("Saved. It holds from now on."), "good")
    return redirect(url_for("courses.life", slug=course.slug))


def _copy(course: Course, command: Callable[..., Course], told: str) -> Response:
    form, slug = CopyForm(), ""
    title, actor = form.text("title"), current_actor()
    if form.is_sent():
        try:
            with writing():
                slug = once(title, lambda: command(actor, course_id=course.id, title=title).slug)
        except Invalid as error:
            form.take(error)
    if not slug:
        return render("builder/copy.html", status=422, course=course, form=form)
    flash(told, "good")
    return redirect(url_for("builder.board", slug=slug))
