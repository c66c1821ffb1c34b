"""Writes about what people may do: instructors' profiles and tiers."""

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from app.blueprints.profiles.models import MEGABYTE, STANDARD, InstructorProfile, Tier
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound

# What a new place begins with; the first is what a new contributor gets.
TRUSTED = {
    "most_courses": 500,
    "most_courses_a_day": 50,
    "most_file_bytes": 500 * MEGABYTE,
    "most_bytes": 20_000 * MEGABYTE,
}
FIRST_TIERS = (("Standard", False, STANDARD), ("Trusted", True, TRUSTED))


def become_instructor(user_id: int) -> InstructorProfile:
    """Give a person a profile in the default tier, unless they have one."""
    theirs = select(InstructorProfile).where(InstructorProfile.user_id == user_id)
    profile = db.session.execute(theirs).scalar_one_or_none()
    if profile is None:
        profile = InstructorProfile(user_id=user_id, tier=default_tier())
        db.session.add(profile)
        db.session.flush()
    return profile


def default_tier() -> Tier:
    """Return the tier of new instructors; make the first tiers where there are none."""
    chosen = select(Tier).where(Tier.is_default.is_(True)).order_by(Tier.id).limit(1)
    tier = db.session.execute(chosen).scalar_one_or_none()
    return tier or _make_first_tiers(chosen)


def choose_tier(actor: Actor, *, user_id: int, tier_id: int) -> None:
    """Put an instructor into a tier; raises `Forbidden` or `NotFound`."""
    if not actor.is_admin:
        raise Forbidden
    theirs = select(InstructorProfile).where(InstructorProfile.user_id == user_id)
    profile = db.session.execute(theirs.with_for_update()).scalar_one_or_none()
    tier = db.session.get(Tier, tier_id)
    if profile is None or tier is None:
        raise NotFound
    if profile.tier_id != tier.id:
        profile.tier_id = tier.id
        audit.record(actor, "user.tier", "user", user_id, tier=tier.name)


def _make_first_tiers(chosen: Select[Tier]) -> Tier:
    tiers = [
        Tier(name=name, can_self_publish=trusted, is_default=place == 0, **quotas)
        for place, (name, trusted, quotas) in enumerate(FIRST_TIERS)
    ]
    try:
        with db.session.begin_nested():
            db.session.add_all(tiers)
    except IntegrityError:  # another one made them at the same time
        return db.session.execute(chosen).scalar_one()
    return tiers[0]
