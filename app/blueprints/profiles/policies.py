"""What people may do by their tier."""

from sqlalchemy import select

from app.blueprints.profiles.models import InstructorProfile, Tier
from app.core.actor import Actor
from app.core.db import db


def can_self_publish(actor: Actor) -> bool:
    """Tell whether `actor` publishes without anybody's approval."""
    if actor.is_admin or actor.is_approver:
        return True
    if not actor.is_contributor:
        return False
    statement = (
        select(Tier.can_self_publish)
        .join(InstructorProfile, InstructorProfile.tier_id == Tier.id)
        .where(InstructorProfile.user_id == actor.id)
    )
    return bool(db.session.execute(statement).scalar_one_or_none())
