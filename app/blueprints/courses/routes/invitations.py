"""Answering an invitation to teach: by its link, or by being who it was sent to."""

from flask import Response, flash, url_for

from app.blueprints.courses import queries, services
from app.blueprints.courses.models import TeachingInvitation
from app.blueprints.courses.routes.blueprint import bp
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import NotFound
from app.core.guards import current_actor, public, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.tokens import hash_of


@bp.get("/teaching/invitations/<token>")
@public
def invitation(token: str) -> Response:
    """Show an invitation to whoever has its link."""
    found = queries.find_invitation(hash_of(token))
    status = 200 if found else 404
    response = render("courses/invitation.html", status=status, invitation=found, token=token)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/teaching/invitations/<token>/acceptance")
@signed_in
def accept_by_link(token: str) -> Response:
    """Join the team."""
    return _accept(_by_link(token))


@bp.post("/teaching/invitations/<token>/refusal")
@public
def decline_by_link(token: str) -> Response:
    """Say no, even without an account."""
    return _decline(_by_link(token))


@bp.post("/teaching/invitations/<int:invitation_id>/acceptance")
@signed_in
def accept(invitation_id: int) -> Response:
    """Join the team that asked this person's address."""
    return _accept(_own(current_actor(), invitation_id))


@bp.post("/teaching/invitations/<int:invitation_id>/refusal")
@signed_in
def decline(invitation_id: int) -> Response:
    """Say no to what was asked of this person's address."""
    return _decline(_own(current_actor(), invitation_id))


def _by_link(token: str) -> TeachingInvitation:
    found = queries.find_invitation(hash_of(token))
    if found is None:
        raise NotFound(_("This invitation is over, or its link is not whole."))
    return found


def _own(actor: Actor, invitation_id: int) -> TeachingInvitation:
    mine = queries.invitations_for(actor.id)
    found = next((one for one in mine if one.id == invitation_id), None)
    if found is None:
        raise NotFound
    return found


def _accept(found: TeachingInvitation) -> Response:
    actor = current_actor()
    with writing():
        course = services.accept_invitation(actor, invitation_id=found.id)
    flash(_("You are in the team of “%(title)s”.", title=course.title), "good")
    return redirect(url_for("courses.team", slug=course.slug))


def _decline(found: TeachingInvitation) -> Response:
    with writing():
        services.decline_invitation(current_actor(), invitation_id=found.id)
    flash(_("Declined. Nobody will be added."), "good")
    return redirect(url_for("courses.catalogue"))
