"""People, as actors and as rows."""

from app.blueprints.accounts.models import User
from app.core.actor import Actor
from app.core.db import db


def find_actor(user_id: int) -> Actor | None:
    """Return the person of this number as jobs act for them; None if gone or disabled."""
    user = db.session.get(User, user_id)
    if user is None or user.disabled_at is not None:
        return None
    return Actor(id=user.id, display_name=user.display_name, email=user.email, roles=user.roles)
