"""Tiers of instructors: what each allows."""

from flask import Response, flash, url_for

from app.blueprints.backoffice.forms import TierSettingsForm
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.blueprints.profiles import queries as profiles
from app.blueprints.profiles import services
from app.blueprints.profiles.models import Tier
from app.blueprints.profiles.rules import QUOTAS
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _


@bp.get("/tiers")
@administrators
def tiers() -> Response:
    """List the tiers with how many are in each."""
    listed, people = profiles.list_tiers(), profiles.count_instructors()
    return render("backoffice/tiers.html", tiers=listed, people=people, quotas=QUOTAS)


@bp.get("/tiers/new")
@administrators
def tiers_new() -> Response:
    """Show the form of a new tier."""
    return _show(None, TierSettingsForm.of())


@bp.post("/tiers")
@administrators
def make_tier() -> Response:
    """Make a tier."""
    return _save(None)


@bp.get("/tiers/<int:tier_id>")
@administrators
def tiers_one(tier_id: int) -> Response:
    """Show what a tier allows."""
    tier = profiles.get_tier(tier_id)
    return _show(tier, TierSettingsForm.of(tier))


@bp.post("/tiers/<int:tier_id>")
@administrators
def change_tier(tier_id: int) -> Response:
    """Change what a tier allows, from the next page on."""
    return _save(profiles.get_tier(tier_id))


def _save(tier: Tier | None) -> Response:
    form = TierSettingsForm.of(tier)
    if not form.is_sent():
        return _show(tier, form, status=422)
    try:
        with writing():
            saved = services.save_tier(
                current_actor(),
                tier_id=tier.id if tier else None,
                name=form.name.data or "",
                can_self_publish=form.can_self_publish.data,
                is_default=form.is_default.data,
                quotas=form.quotas,
            )
    except Invalid as error:
        form.take(error)
        return _show(tier, form, status=error.status)
    flash(_("The tier “%(name)s” is saved.", name=saved.name), "good")
    return redirect(url_for("backoffice.tiers"))


def _show(tier: Tier | None, form: TierSettingsForm, *, status: int = 200) -> Response:
    fields = ["name", "can_self_publish", "is_default", *(quota.name for quota in QUOTAS)]
    return render("backoffice/tier.html", status=status, tier=tier, form=form, fields=fields)
