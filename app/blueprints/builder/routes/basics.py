"""The first step: what the course says about itself."""

from contextlib import suppress
from enum import Enum
from functools import partial
from typing import Any

from flask import Response, flash, request, url_for
from wtforms import SelectField

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import StaleRow, Unchanged
from app.blueprints.builder.forms import BasicsForm
from app.blueprints.builder.queries import BoardView
from app.blueprints.builder.routes.answers import context_of
from app.blueprints.builder.routes.blueprint import autosave, bp, command
from app.blueprints.builder.routes.fields import Contested, answer, began, fields_of, save
from app.blueprints.builder.rules.sessions import Place
from app.blueprints.builder.rules.steps import BASICS
from app.blueprints.builder.services.basics import Basics
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.errors import Invalid, Text
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext as _l


@bp.get("/teaching/<slug>/basics")
@course_guard(can_edit_course)
def basics(course: Course) -> Response:
    """Show the course's own words as a form."""
    view = queries.board(course)
    return _show(course, view, BasicsForm(obj=_Words(view)))


@bp.post("/teaching/<slug>/basics")
@command
@course_guard(can_edit_course)
def save_basics(course: Course) -> Response:
    """Save them, if nobody saved others since the form was opened."""
    form = BasicsForm()
    if not form.is_sent():
        return _show(course, queries.board(course), form, status=422)
    try:
        with suppress(Unchanged), writing():
            services.edit_basics(
                current_actor(),
                course_id=course.id,
                base=form.text("base"),
                basics=_basics(form),
            )
    except StaleRow:
        return _show_both(course, form)
    except Invalid as error:
        form.take(error)
        return _show(course, queries.board(course), form, status=error.status)
    flash(_("Basics saved."), "good")
    return redirect(url_for("builder.basics", slug=course.slug))


@bp.patch("/teaching/<slug>/basics")
@autosave
@course_guard(can_edit_course)
def save_some_basics(course: Course) -> Response:
    """Save the fields that were sent, but those that make no sense or that others changed."""
    form, was = BasicsForm(), BasicsForm(formdata=began())
    sent = [name for name in services.BASICS if name in request.form]
    refused = {name: form[name].errors[0] for name in sent if not form[name].validate(form)}
    fields = fields_of(
        {name: form[name].data for name in sent if name not in refused},
        {name: was[name].data for name in began() if name in was},
    )
    edit = partial(services.save_basics, current_actor(), course_id=course.id, fields=fields)
    unsaved = save(course, Place(BASICS), edit)
    contested = [_contested(form, name, value) for name, value in unsaved.others.items()]
    return answer(refused | unsaved.refused, contested)


def _contested(form: BasicsForm, name: str, now: Any) -> Contested:
    mine, theirs = form[name], BasicsForm(formdata=None, data={name: _as_typed(now)})[name]
    fields = {name: ("y" if now else "") if isinstance(now, bool) else str(theirs.data)}
    return Contested(mine.label.text, _in_words(mine), _in_words(theirs), fields)


def _as_typed(value: Any) -> Any:
    """Return a stored value as its field has it."""
    if isinstance(value, list):
        return "\n".join(value)
    return value.value if isinstance(value, Enum) else value


def _in_words(field: Any) -> Text:
    """Return what a field says, as its choices call it."""
    if isinstance(field.data, bool):
        return _l("Yes") if field.data else _l("No")
    choices = field.iter_choices() if isinstance(field, SelectField) else ()
    return next((label for _, label, is_chosen, _ in choices if is_chosen), str(field.data))


class _Words:
    """What the form is filled with."""

    def __init__(self, view: BoardView) -> None:
        version = view.version
        for name in services.BASICS:
            setattr(self, name, _as_typed(getattr(version, name)))
        self.base = services.basics_base(version)


def _basics(form: BasicsForm) -> Basics:
    values = {name: value for name, value in form.data.items() if name != "base"}
    for name in ("summary", "overview", "objectives"):
        values[name] = form.text(name)
    return Basics(**{**values, "objectives": tuple(values["objectives"].splitlines())})


def _show_both(course: Course, form: BasicsForm) -> Response:
    """Answer 409: the form keeps what was typed, and beside it stands what is there now."""
    view = queries.board(course)
    form.base.data = services.basics_base(view.version)
    return _show(
        course,
        view,
        form,
        status=409,
        theirs=BasicsForm(obj=_Words(view), formdata=None),
    )


def _show(
    course: Course, view: BoardView, form: BasicsForm, status: int = 200, **more: object
) -> Response:
    context = context_of(course, view, form=form, **{"step": 1, "theirs": None, **more})
    return render("builder/basics.html", status=status, **context)
