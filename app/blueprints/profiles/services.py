"""Writes about what people may do: instructors' profiles and tiers."""

from collections.abc import Mapping

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from app.blueprints.profiles.models import MEGABYTE, STANDARD, InstructorProfile, Tier
from app.blueprints.profiles.rules import QUOTAS
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _l

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


def save_tier(
    actor: Actor,
    *,
    tier_id: int | None,
    name: str,
    can_self_publish: bool,
    is_default: bool,
    quotas: Mapping[str, int],
) -> Tier:
    """Make a tier (without a number) or change one; new instructors get the default one.

    Raises `Forbidden`, `NotFound`, and `Invalid` for a name that is taken or a default that
    would be lost.
    """
    if not actor.is_admin:
        raise Forbidden
    tiers = list(db.session.execute(select(Tier).order_by(Tier.id).with_for_update()).scalars())
    tier = _among(tiers, tier_id) if tier_id else Tier()
    name = name.strip()
    if any(other.name == name for other in tiers if other is not tier):
        raise Invalid(fields={"name": _l("Another tier has this name.")})
    if tier.is_default and not is_default:
        raise Invalid(fields={"is_default": _l("Make another tier the default one first.")})
    for other in tiers if is_default else ():
        other.is_default = False
    tier.name, tier.can_self_publish, tier.is_default = name, can_self_publish, is_default
    for quota in QUOTAS:
        setattr(tier, quota.name, quotas[quota.name])
    db.session.add(tier)
    db.session.flush()
    audit.record(actor, "tier.saved", "tier", tier.id, name=name, self_publish=can_self_publish)
    return tier


def _among(tiers: list[Tier], tier_id: int) -> Tier:
    found = next((tier for tier in tiers if tier.id == tier_id), None)
    if found is None:
        raise NotFound
    return found


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
