"""The page of the settings where mail is switched on and off."""

from flask import Response, flash, url_for

from app.blueprints.messaging import queries, services
from app.blueprints.messaging.forms import MailForm
from app.blueprints.messaging.routes.blueprint import bp
from app.blueprints.messaging.rules.kind import TOPICS
from app.core.db import writing
from app.core.guards import current_actor, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _


@bp.get("/settings/notifications")
@signed_in
def choices() -> Response:
    """Show which topics come by mail."""
    muted = queries.muted_topics(current_actor().id)
    return _page(MailForm(data={"topics": [topic for topic in TOPICS if topic not in muted]}))


@bp.post("/settings/notifications")
@signed_in
def choose() -> Response:
    """Switch topics on and off."""
    form = MailForm()
    if not form.is_sent():
        return _page(form, 422)
    with writing():
        services.choose_mail(current_actor(), topics=form.topics.data or [])
    flash(_("Saved. What is on your list of notices stays as it is."), "good")
    return redirect(url_for("messaging.choices"))


def _page(form: MailForm, status: int = 200) -> Response:
    return render("messaging/choices.html", status=status, form=form, topics=TOPICS)
