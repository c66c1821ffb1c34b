"""What courses are sorted by: subjects, categories and tags."""

from flask import Response, flash, request, url_for

from app.blueprints.backoffice.forms import TermForm
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.blueprints.courses import queries, services
from app.blueprints.courses.services.terms import KINDS
from app.core.db import writing
from app.core.errors import Conflict, Invalid, NotFound
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/terms/<kind>")
@administrators
def terms(kind: str) -> Response:
    """List the subjects, categories or tags, with how many courses each has."""
    return _show(kind)


@bp.post("/terms/<kind>")
@administrators
def add_term(kind: str) -> Response:
    """Make one."""
    form = TermForm()
    if not form.is_sent():
        return _show(kind, status=422, form=form)
    try:
        with writing():
            services.add_term(current_actor(), kind=kind, name=form.text("name"))
    except Invalid as error:
        form.take(error)
        return _show(kind, status=error.status, form=form)
    flash(_("“%(name)s” is there.", name=form.text("name")), "good")
    return _back(kind)


@bp.put("/terms/<kind>/<int:term_id>")
@administrators
def rename_term(kind: str, term_id: int) -> Response:
    """Call one otherwise."""
    form = TermForm()
    try:
        if not form.is_sent():
            raise Invalid(fields={"name": _("Give it a name.")})
        with writing():
            services.rename_term(
                current_actor(), kind=kind, term_id=term_id, name=form.text("name")
            )
    except Invalid as error:
        words = " ".join(str(one) for one in error.fields.values())
        return _show(kind, status=error.status, refusal=words)
    flash(_("Renamed, on all courses."), "good")
    return _back(kind)


@bp.delete("/terms/<kind>/<int:term_id>")
@administrators
def delete_term(kind: str, term_id: int) -> Response:
    """Take one away."""
    try:
        with writing():
            services.delete_term(current_actor(), kind=kind, term_id=term_id)
    except Conflict as refusal:
        return _show(kind, status=refusal.status, refusal=str(refusal.message))
    flash(_("Deleted."), "good")
    return _back(kind)


def _back(kind: str) -> Response:
    return redirect(url_for("backoffice.terms", kind=kind))


def _show(
    kind: str, *, status: int = 200, form: TermForm | None = None, refusal: str = ""
) -> Response:
    if kind not in KINDS:
        raise NotFound
    search = request.args.get("q", "").strip()
    number = page_number(request.args.get("page"))
    return render(
        "backoffice/terms.html",
        "backoffice/_terms.html",
        status=status,
        kind=kind,
        page=queries.list_terms(kind, search=search, page=number),
        search=search,
        form=form or TermForm(formdata=None),
        refusal=refusal,
    )
