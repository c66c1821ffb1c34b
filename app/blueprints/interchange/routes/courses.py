"""Bringing a zip of Markdown in, and watching how far it has come."""

from typing import Any

from flask import Response, request, url_for

from app.blueprints.courses.policies import can_create_course
from app.blueprints.interchange import queries, services
from app.blueprints.interchange.forms import ImportForm
from app.blueprints.interchange.policies import can_import
from app.blueprints.interchange.routes.blueprint import bp
from app.core import limits
from app.core.db import writing
from app.core.errors import Invalid
from app.core.forms import options
from app.core.guards import current_actor, guard, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter
from app.core.sent import once
from app.core.storage import Staged, storage

LARGEST = 100 * 1024 * 1024


def _largest() -> int:
    return LARGEST


@bp.get("/teaching/imports/new")
@guard(can_import)
def new_import() -> Response:
    """Show the form that takes an archive."""
    return _show(_form(into=request.args.get("into", "")))


@bp.post("/teaching/imports")
@takes_files(_largest)
@limiter.limit(limits.CREATE)
@guard(can_import)
def begin_import() -> Response:
    """Take the archive, and go on to how far it has come."""
    form, file = _form(), request.files.get("file")
    if not form.is_sent():
        return _show(form, status=422)
    try:
        if file is None or not file.filename:
            raise Invalid(fields={"file": _l("Choose a file.")})
        with storage().staged(file.stream, most=LARGEST) as staged, writing():
            asked = {
                "digest": staged.digest,
                "file_name": file.filename,
                "course_id": form.into.data,
            }
            job_id = once(asked, lambda: _asked_for(staged, asked))
    except Invalid as error:
        form.take(error)
        return _show(form, status=error.status)
    return redirect(url_for("interchange.show_import", job_id=job_id))


@bp.get("/teaching/imports/<int:job_id>")
@signed_in
def show_import(job_id: int) -> Response:
    """Show how far an import has come, to who asked for it; asked again until it has ended."""
    job = queries.get_import(current_actor().id, job_id)
    response = render("interchange/import.html", "interchange/_import.html", job=job)
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked_for(staged: Staged, asked: dict[str, Any]) -> int:
    job = services.request_import(current_actor(), **asked)
    storage().keep(staged)
    return job.id


def _form(**values: object) -> ImportForm:
    form, actor = ImportForm(**values), current_actor()
    new = [("", _("A new course"))] if can_create_course(actor) else []
    own = [(str(row.id), row.title) for row in queries.editable_courses(actor.id)]
    form.into.choices = options([*new, *own])
    return form


def _show(form: ImportForm, status: int = 200) -> Response:
    return render("interchange/new_import.html", status=status, form=form)
