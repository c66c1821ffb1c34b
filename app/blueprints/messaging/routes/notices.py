"""The list behind the bell, and opening what is in it."""

from flask import Response, flash, request, url_for

from app.blueprints.messaging import queries, services
from app.blueprints.messaging.routes.blueprint import bp
from app.blueprints.messaging.rules.kinds import KINDS
from app.blueprints.messaging.rules.words import words_of
from app.core.addresses import root
from app.core.db import writing
from app.core.errors import NotFound
from app.core.guards import current_actor, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.inputs import row_number
from app.core.pagination import page_number


@bp.get("/notifications")
@signed_in
def notifications() -> Response:
    """List what the person was told, the latest first."""
    page = queries.list_notices(current_actor().id, page_number(request.args.get("page")))
    known = [(one, KINDS[one.kind]) for one in page.items if one.kind in KINDS]
    return render(
        "messaging/notifications.html",
        page=page,
        notices=[(one, kind, words_of(kind, one.about)) for one, kind in known],
        newest=max((one.id for one in page.items), default=0),
        url_of=lambda number: url_for("messaging.notifications", page=number),
    )


@bp.post("/notifications/<int:notice_id>/reading")
@signed_in
def open_notice(notice_id: int) -> Response:
    """Mark a notice as read and lead to what it is about."""
    actor = current_actor()
    notice = queries.find_notice(actor.id, notice_id)
    if notice is None:
        raise NotFound
    place = queries.find_place(notice, notice.course.slug if notice.course else "")
    with writing():
        services.mark_read(actor, notice_id=notice_id)
    if place is None:
        flash(_("That is over; there is nothing to answer any more."))
    return redirect(root() + place if place else url_for("messaging.notifications"))


@bp.post("/notifications/reading")
@signed_in
def read_all() -> Response:
    """Mark everything that the page showed, and what is older, as read."""
    until = request.form.get("until", type=row_number, default=0)
    with writing():
        services.mark_all_read(current_actor(), until=until)
    return redirect(url_for("messaging.notifications"))


@bp.get("/notifications/bell")
@signed_in
def bell() -> Response:
    """Draw the bell anew."""
    actor = current_actor()
    response = render("messaging/_bell.html", unread=actor.unread)
    response.set_etag(str(actor.unread))
    response.make_conditional(request)
    return response
