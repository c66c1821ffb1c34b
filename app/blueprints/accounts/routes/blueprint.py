"""The blueprint, and what its routes share."""

from flask import Blueprint, request

from app.blueprints.accounts.services import Visitor

bp = Blueprint("accounts", __name__)


def visitor() -> Visitor:
    """Return where this request comes from."""
    return Visitor(request.remote_addr or "", request.user_agent.string)
