"""How things stand."""

from flask import Response

from app.blueprints.backoffice import queries
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.core import health
from app.core.htmx import render
from app.core.outbox import queries as outbox


@bp.get("")
@administrators
def overview() -> Response:
    """Show numbers, health, failures and what was done last."""
    return render(
        "backoffice/overview.html",
        numbers=queries.numbers(),
        checks=health.checks(),
        label_of=health.label_of,
        jobs=outbox.count_states(),
        acts=queries.list_acts().items[:8],
    )
