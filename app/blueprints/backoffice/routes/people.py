"""People: finding them, their roles and tier, letting them in or not."""

from flask import Response, flash, request, url_for

from app.blueprints.accounts import queries as accounts
from app.blueprints.accounts import services
from app.blueprints.accounts.models import User
from app.blueprints.backoffice import queries
from app.blueprints.backoffice.forms import RolesForm, TierForm
from app.blueprints.backoffice.routes.blueprint import administrators, bp
from app.blueprints.profiles import queries as profiles
from app.blueprints.profiles import services as profile_services
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.pagination import page_number


@bp.get("/people")
@administrators
def people() -> Response:
    """List people, by name, role and state."""
    search, role = request.args.get("q", "").strip(), request.args.get("role", "")
    number = page_number(request.args.get("page"))
    page = queries.list_people(search=search, role=role, page=number)
    templates = "backoffice/people.html", "backoffice/_people.html"
    counts = accounts.count_users(search)
    return render(*templates, page=page, search=search, role=role, counts=counts)


@bp.get("/people/<int:user_id>")
@administrators
def people_one(user_id: int) -> Response:
    """Show one person."""
    user = accounts.get_user(user_id)
    return _person_page(user, RolesForm.of(user))


@bp.post("/people/<int:user_id>/roles")
@administrators
def set_roles(user_id: int) -> Response:
    """Let the person hold exactly the ticked roles."""
    form = RolesForm()
    if not form.is_sent():
        raise Invalid(_("Say which roles."))
    with writing():
        user = services.set_roles(current_actor(), user_id=user_id, roles=form.roles)
    flash(_("%(name)s has these roles from now on.", name=user.display_name), "good")
    return _back(user_id)


@bp.post("/people/<int:user_id>/tier")
@administrators
def choose_tier(user_id: int) -> Response:
    """Put the instructor into another tier."""
    form = TierForm(profiles.list_tiers())
    if not form.is_sent():
        raise Invalid(_("Choose one of the tiers."))
    with writing():
        profile_services.choose_tier(current_actor(), user_id=user_id, tier_id=form.tier.data)
    flash(_("The tier is changed."), "good")
    return _back(user_id)


@bp.post("/people/<int:user_id>/disabling")
@administrators
def disable(user_id: int) -> Response:
    """Let the person in no more, and end their sessions."""
    with writing():
        user = services.disable_user(current_actor(), user_id=user_id)
    flash(_("%(name)s can no longer log in.", name=user.display_name), "good")
    return _back(user_id)


@bp.delete("/people/<int:user_id>/disabling")
@administrators
def enable(user_id: int) -> Response:
    """Let the person in again."""
    with writing():
        user = services.enable_user(current_actor(), user_id=user_id)
    flash(_("%(name)s can log in again.", name=user.display_name), "good")
    return _back(user_id)


@bp.delete("/people/<int:user_id>/sessions")
@administrators
def end_sessions(user_id: int) -> Response:
    """Log the person out everywhere."""
    with writing():
        services.end_sessions(current_actor(), user_id=user_id)
    flash(_("Logged out everywhere."), "good")
    return _back(user_id)


def _back(user_id: int) -> Response:
    return redirect(url_for("backoffice.people_one", user_id=user_id))


def _person_page(user: User, form: RolesForm) -> Response:
    tier = profiles.find_tier_of(user.id)
    return render(
        "backoffice/person.html",
        user=user,
        form=form,
        tier=tier,
        tier_form=TierForm(profiles.list_tiers(), tier),
        sessions=accounts.list_sessions(user.id),
        acts=queries.list_acts(thing=f"user {user.id}").items,
    )
