"""Answering an invitation to take part by its link, which is all that one needs."""

from flask import Response, flash, url_for

from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.routes.blueprint import bp
from app.core import limits
from app.core.db import writing
from app.core.errors import Conflict, NotFound
from app.core.guards import current_actor, public, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.tokens import hash_of


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> Response:
    """Show an invitation to whoever has its link."""
    return _show(token)


@bp.post("/invitations/<token>/acceptance")
@limiter.limit(limits.ENROL)
@signed_in
def accept_by_link(token: str) -> Response:
    """Take part."""
    found = queries.find_invitation(hash_of(token))
    if found is None:
        raise NotFound(_("This invitation is over, or its link is not whole."))
    slug, number = found.course.slug, found.id
    try:
        with writing():
            place = services.accept_invitation(current_actor(), invitation_id=number)
    except Conflict as refusal:
        return _show(token, refusal)
    if isinstance(place, Enrollment):
        flash(_("You are enrolled. Begin whenever you like."), "good")
    else:
        flash(_("Every seat is taken. You are in line, and we write to you when one is yours."))
    return redirect(url_for("courses.show", slug=slug))


def _show(token: str, refusal: Conflict | None = None) -> Response:
    found = queries.find_invitation(hash_of(token))
    status = 404 if found is None else refusal.status if refusal else 200
    response = render(
        "enrollments/invitation.html",
        status=status,
        invitation=found,
        token=token,
        refusal=refusal.message if refusal else None,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
