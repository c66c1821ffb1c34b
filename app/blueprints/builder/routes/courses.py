"""Beginning a course: on an empty board, or from a template."""

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for

from app.blueprints.builder import queries, services
from app.blueprints.builder.forms import CourseForm
from app.blueprints.builder.policies import can_use_template
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.routes.choices import subject_choices
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_create_course
from app.blueprints.courses.queries import find_course
from app.core import limits
from app.core.db import writing
from app.core.errors import Invalid, NotFound
from app.core.forms import options
from app.core.guards import current_actor, guard
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.registries import panels
from app.core.sent import once


@bp.get("/teaching/courses/new")
@guard(can_create_course)
def new_course() -> Response:
    """Show the form that begins a course, and what it can begin with."""
    return _show(_form(template=request.args.get("template", "")))


@bp.post("/teaching/courses")
@limiter.limit(limits.CREATE)
@guard(can_create_course)
def create_course() -> Response:
    """Make a draft course and go on to its board; sent twice, it makes one."""
    form = _form()
    if not form.is_sent():
        return _show(form, status=422)
    actor, values = current_actor(), {"title": form.title.data, "subject_id": form.subject_id.data}
    command: Callable[..., Course] = services.create_course
    if form.template.data:
        command, values = services.begin_from_template, values | {"template": form.template.data}
    try:
        with writing():
            slug = once(values, lambda: command(actor, **values).slug)
    except Invalid as error:
        form.take(error)
        return _show(form, status=error.status)
    return redirect(url_for("builder.board", slug=slug))


@bp.get("/teaching/templates/<template>")
@guard(can_create_course)
def template(template: str) -> Response:
    """Show what a template says, before a course is begun from it."""
    course = find_course(template)
    if course is None or not can_use_template(current_actor(), course):
        raise NotFound
    return render("builder/template.html", view=queries.template_view(course))


def _show(form: CourseForm, status: int = 200) -> Response:
    return render(
        "builder/new_course.html",
        status=status,
        form=form,
        templates=form.templates,
        links=panels.call("builder.new_course_links"),
    )


def _form(**values: Any) -> CourseForm:
    form = CourseForm(**values)
    form.subject_id.choices = subject_choices()
    form.templates = queries.list_templates(current_actor().id)
    known = [(one.slug, one.title) for one in form.templates]
    form.template.choices = options([("", _("An empty board")), *known])
    return form
