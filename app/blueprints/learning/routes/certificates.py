"""Certificates: the public page that verifies one, and its revocation."""

from flask import Response, url_for

from app.blueprints.learning import policies, queries, services
from app.blueprints.learning.forms import RevocationForm
from app.blueprints.learning.routes.blueprint import bp
from app.core.db import writing
from app.core.guards import current_actor, public, signed_in
from app.core.htmx import redirect, render


@bp.get("/certificates/<serial>")
@public
def certificate(serial: str) -> Response:
    """Tell anyone whether this certificate is valid, and what it says."""
    return _certificate(serial, RevocationForm())


@bp.delete("/certificates/<serial>")
@signed_in
def revoke(serial: str) -> Response:
    """Declare the certificate void."""
    form = RevocationForm()
    if not form.is_sent():
        return _certificate(serial, form, status=422)
    with writing():
        services.revoke_certificate(current_actor(), serial=serial, reason=form.text("reason"))
    return redirect(url_for("learning.certificate", serial=serial))


def _certificate(serial: str, form: RevocationForm, status: int = 200) -> Response:
    actor, found = current_actor(), queries.get_certificate(serial)
    return render(
        "learning/certificate.html",
        status=status,
        certificate=found,
        form=form,
        is_holder=actor.is_authenticated and actor.id == found.enrollment.user_id,
        can_revoke=actor.is_authenticated and policies.can_revoke(actor, found.course),
    )
