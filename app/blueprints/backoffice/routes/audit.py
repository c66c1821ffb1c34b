"""Who did what."""

from flask import Response, request

from app.blueprints.backoffice import queries
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.core.htmx import render
from app.core.pagination import page_number

FILTERS = ("actor", "action", "object")


@bp.get("/audit")
@administrators
def trail() -> Response:
    """List the acts that match the filters, the latest first."""
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    page = queries.list_acts(
        actor=asked["actor"],
        action=asked["action"],
        thing=asked["object"],
        page=page_number(request.args.get("page")),
    )
    return render("backoffice/audit.html", "backoffice/_audit.html", page=page, asked=asked)
