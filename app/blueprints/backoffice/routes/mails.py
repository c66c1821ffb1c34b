"""Mail: what was sent, what waits, and what no server took."""

from flask import Response, flash, request, url_for

from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.blueprints.messaging import queries, services
from app.blueprints.messaging.models import MailState
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/mails")
@administrators
def mails() -> Response:
    """List mail by what became of it; first what was given up."""
    asked = request.args.get("state", "")
    state = MailState(asked) if asked in set(MailState) else MailState.FAILED
    page = queries.list_mails(state, page_number(request.args.get("page")))
    templates = "backoffice/mails.html", "backoffice/_mails.html"
    return render(*templates, page=page, state=state)


@bp.post("/mails/<int:mail_id>/retry")
@administrators
def retry_mail(mail_id: int) -> Response:
    """Give a mail that was given up all its tries again."""
    with writing():
        services.send_again(current_actor(), mail_id=mail_id)
    flash(_("Mail %(number)d is tried again.", number=mail_id), "good")
    return redirect(url_for("backoffice.mails"))
