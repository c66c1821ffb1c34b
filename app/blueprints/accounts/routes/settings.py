"""A person's own settings: name, password and sessions, appearance."""

from flask import Response, current_app, flash, request, url_for

from app.blueprints.accounts import queries, services
from app.blueprints.accounts.errors import TooManyTries, WrongPassword
from app.blueprints.accounts.forms import AppearanceForm, NameForm, PasswordForm
from app.blueprints.accounts.models import LoginOutcome
from app.blueprints.accounts.routes.blueprint import bp, visitor
from app.blueprints.accounts.rules.sessions import device
from app.core import limits
from app.core.addresses import local_path
from app.core.db import writing
from app.core.guards import current_actor, public, signed_in
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter
from app.core.ui import theme

YEAR_SECONDS = 365 * 24 * 3600


@bp.get("/settings")
@signed_in
def settings() -> Response:
    """Lead to the first page of the settings."""
    return redirect(url_for("accounts.profile"))


@bp.get("/settings/profile")
@signed_in
def profile() -> Response:
    """Show the name that others see."""
    return _profile_page(NameForm(data={"display_name": current_actor().display_name}))


@bp.post("/settings/profile")
@signed_in
def rename() -> Response:
    """Take another name."""
    form = NameForm()
    if not form.is_sent():
        return _profile_page(form, 422)
    with writing():
        services.rename(current_actor(), display_name=form.text("display_name"))
    flash(_("Saved. This is the name that others see from now on."), "good")
    return redirect(url_for("accounts.profile"))


@bp.get("/settings/security")
@signed_in
def security() -> Response:
    """List where the person is logged in, and let them change the password."""
    return _security_page(_password_form())


@bp.post("/settings/security/password")
@limiter.limit(limits.CREATE)
@signed_in
def change_password() -> Response:
    """Take another password and end the other sessions."""
    form, actor = _password_form(), current_actor()
    if not form.is_sent():
        return _security_page(form, 422)
    attempt = services.try_password(
        email=actor.email, password=form.text("current_password"), visitor=visitor()
    )
    if attempt.outcome is not LoginOutcome.SUCCEEDED:
        locked = attempt.outcome is LoginOutcome.LOCKED
        form.take(TooManyTries() if locked else WrongPassword())
        return _security_page(form, 429 if locked else 422)
    new_hash = services.hash_password(form.text("new_password"))
    with writing():
        services.change_password(actor, old_hash=attempt.password_hash, new_hash=new_hash)
    flash(_("Your password is changed. Everywhere else you are logged out."), "good")
    return redirect(url_for("accounts.security"))


@bp.post("/settings/security/sessions/<int:session_id>/revocation")
@signed_in
def revoke_session(session_id: int) -> Response:
    """End one session, perhaps this one."""
    with writing():
        services.revoke_session(current_actor(), session_id=session_id)
    flash(_("That browser is logged out."), "good")
    return redirect(url_for("accounts.security"))


@bp.get("/settings/appearance")
@public
def appearance() -> Response:
    """Offer light, dark, or as the device is."""
    return render("accounts/settings/appearance.html", form=AppearanceForm(data={"theme": theme()}))


@bp.post("/settings/appearance")
@public
def change_appearance() -> Response:
    """Remember the look in this browser."""
    form = AppearanceForm()
    if not form.is_sent():
        return render("accounts/settings/appearance.html", form=form, status=422)
    response = redirect(local_path(request.form.get("next"), url_for("accounts.appearance")))
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        "theme", form.theme.data, max_age=YEAR_SECONDS, samesite="Lax", secure=secure
    )
    return response


def _password_form() -> PasswordForm:
    actor = current_actor()
    return PasswordForm(email=actor.email, name=actor.display_name)


def _profile_page(form: NameForm, status: int = 200) -> Response:
    return render("accounts/settings/profile.html", status=status, form=form)


def _security_page(form: PasswordForm, status: int = 200) -> Response:
    sessions = queries.list_sessions(current_actor().id)
    return render(
        "accounts/settings/security.html",
        status=status,
        form=form,
        sessions=[(session, *device(session.user_agent)) for session in sessions],
    )
