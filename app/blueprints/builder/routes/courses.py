"""Beginning a course."""

from flask import Response, url_for

from app.blueprints.builder import services
from app.blueprints.builder.forms import CourseForm
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.routes.choices import subject_choices
from app.blueprints.courses.policies import can_create_course
from app.core import idempotency, limits
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor, guard
from app.core.htmx import redirect, render
from app.core.limits import limiter


@bp.get("/teaching/courses/new")
@guard(can_create_course)
def new_course() -> Response:
    """Show the form that begins a course."""
    return render("builder/new_course.html", form=_form(key=idempotency.new_key()))


@bp.post("/teaching/courses")
@limiter.limit(limits.CREATE)
@guard(can_create_course)
def create_course() -> Response:
    """Make a draft course and go on to its board; sent twice, it makes one."""
    form = _form()
    if not form.is_sent():
        return render("builder/new_course.html", status=422, form=form)
    actor, values = current_actor(), {"title": form.title.data, "subject_id": form.subject_id.data}
    try:
        with writing():
            slug = idempotency.once(
                actor,
                form.key.data or "",
                values,
                lambda: services.create_course(actor, **values).slug,
            )
    except Invalid as error:
        form.take(error)
        return render("builder/new_course.html", status=error.status, form=form)
    return redirect(url_for("builder.board", slug=slug))


def _form(**values: str) -> CourseForm:
    form = CourseForm(**values)
    form.subject_id.choices = subject_choices()
    return form
