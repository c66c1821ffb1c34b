"""Reads of instructors' profiles and tiers."""

from sqlalchemy import func, select

from app.blueprints.profiles.models import STANDARD, InstructorProfile, Tier
from app.core.db import db
from app.core.errors import NotFound


def find_tier_of(user_id: int) -> Tier | None:
    """Return the tier of this instructor; None for those who are none."""
    theirs = select(Tier).join(InstructorProfile).where(InstructorProfile.user_id == user_id)
    return db.session.execute(theirs).scalar_one_or_none()


def quotas_of(user_id: int) -> Tier:
    """Return the tier whose quotas bind this person: theirs or, for those without, the default.

    Where no tier was made yet, it is one that is in no database.
    """
    theirs = (InstructorProfile.tier_id == Tier.id) & (InstructorProfile.user_id == user_id)
    statement = (
        select(Tier)
        .outerjoin(InstructorProfile, theirs)
        .where(InstructorProfile.id.is_not(None) | Tier.is_default.is_(True))
        .order_by(InstructorProfile.id.is_(None), Tier.id)
        .limit(1)
    )
    return db.session.execute(statement).scalar_one_or_none() or Tier(**STANDARD)


def list_tiers() -> list[Tier]:
    """Return all tiers in the order in which they were made."""
    return list(db.session.execute(select(Tier).order_by(Tier.id)).scalars())


def get_tier(tier_id: int) -> Tier:
    """Return the tier of this number; raises `NotFound`."""
    tier = db.session.get(Tier, tier_id)
    if tier is None:
        raise NotFound
    return tier


def count_instructors() -> dict[int, int]:
    """Return how many instructors are in each tier, by its number."""
    counted = select(InstructorProfile.tier_id, func.count()).group_by(InstructorProfile.tier_id)
    return dict(db.session.execute(counted).all())


def names_of_tiers(user_ids: list[int]) -> dict[int, str]:
    """Return the name of each instructor's tier by their number."""
    rows = db.session.execute(
        select(InstructorProfile.user_id, Tier.name)
        .join(Tier)
        .where(InstructorProfile.user_id.in_(user_ids))
    )
    return {row.user_id: row.name for row in rows}
