"""Signing up, logging in and out."""

import hashlib

from flask import Response, flash, jsonify, request, url_for
from flask_wtf.csrf import generate_csrf

from app.blueprints.accounts import services
from app.blueprints.accounts.errors import AddressTaken, NotKnown, TooManyTries
from app.blueprints.accounts.forms import LogInForm, SignUpForm
from app.blueprints.accounts.models import LoginOutcome
from app.blueprints.accounts.routes.blueprint import bp, visitor
from app.blueprints.accounts.routes.session import let_in, let_out
from app.blueprints.accounts.rules.people import folded
from app.core import limits
from app.core.addresses import local_path, root
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor, public
from app.core.htmx import redirect, render
from app.core.i18n import gettext as _
from app.core.limits import limiter


def failed(response: Response) -> bool:
    """Tell whether a log-in was refused: only those count towards the limits."""
    return response.status_code == 422


def typed_account() -> str:
    """Return what failed log-ins are counted by, without keeping the address."""
    typed = folded(request.form.get("email", ""))
    return hashlib.sha256(typed.encode()).hexdigest()[:32]


@bp.get("/login")
@public
def log_in() -> Response:
    """Show the log-in form; somebody signed in goes on."""
    if current_actor().is_authenticated:
        return redirect(_next())
    return _log_in_page(LogInForm())


@bp.post("/login")
@limiter.limit(limits.LOG_IN_ALL, key_func=lambda: "all", deduct_when=failed)
@limiter.limit(limits.LOG_IN_ADDRESS, key_func=limits.by_address, deduct_when=failed)
@limiter.limit(limits.LOG_IN_ACCOUNT, key_func=typed_account, deduct_when=failed)
@public
def begin_session() -> Response:
    """Compare the password; let the person in or say that it was not right."""
    form = LogInForm()
    if not form.is_sent():
        return _log_in_page(form, 422)
    attempt = services.try_password(
        email=form.text("email").strip(), password=form.text("password"), visitor=visitor()
    )
    with writing():
        token = services.log_in(attempt)
    if token:
        return _welcome(token)
    form.take(_refusal(attempt.outcome))
    return _log_in_page(form, 422, wait_seconds=attempt.wait_seconds)


@bp.get("/session")
@public
def session_now() -> Response:
    """Tell a page that has been open for long who is signed in now, with a token to send."""
    actor = current_actor()
    token = generate_csrf() if actor.is_authenticated else ""
    response = jsonify(person=actor.id or None, csrf_token=token)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/signup")
@public
def sign_up() -> Response:
    """Show the sign-up form; somebody signed in goes on."""
    if current_actor().is_authenticated:
        return redirect(_next())
    return _sign_up_page(SignUpForm())


@bp.post("/signup")
@limiter.limit(limits.SIGN_UP, key_func=limits.by_address)
@public
def create_account() -> Response:
    """Make the account and let the new person in, in one step."""
    form = SignUpForm()
    if not form.is_sent():
        return _sign_up_page(form, 422)
    password_hash = services.hash_password(form.text("password"))
    try:
        with writing():
            token = services.join(
                email=form.text("email"),
                display_name=form.text("display_name"),
                password_hash=password_hash,
                visitor=visitor(),
            )
    except AddressTaken as error:
        form.take(error)
        return _sign_up_page(form, 422)
    return _welcome(token)


@bp.post("/logout")
@public
def log_out() -> Response:
    """End the session; harmless when nobody is signed in."""
    actor = current_actor()
    if actor.is_authenticated:
        with writing():
            services.log_out(actor)
    let_out()
    flash(_("You are logged out."), "message")
    return redirect("/")


def _welcome(token: str) -> Response:
    let_in(token)
    return redirect(_next())


def _next() -> str:
    return local_path(request.values.get("next"), f"{root()}/")


def _refusal(outcome: LoginOutcome) -> Invalid:
    """Say why, as far as somebody may know who may not know the password."""
    if outcome is LoginOutcome.DISABLED:
        return NotKnown(_("This account is disabled. Ask an administrator."))
    return TooManyTries() if outcome is LoginOutcome.LOCKED else NotKnown()


def _log_in_page(form: LogInForm, status: int = 200, *, wait_seconds: int = 0) -> Response:
    action = url_for("accounts.begin_session", next=request.values.get("next"))
    response = render("accounts/log_in.html", status=status, form=form, action=action)
    if wait_seconds:
        response.status_code = 429
        response.headers["Retry-After"] = str(wait_seconds)
    return response


def _sign_up_page(form: SignUpForm, status: int = 200) -> Response:
    action = url_for("accounts.create_account", next=request.values.get("next"))
    return render("accounts/sign_up.html", status=status, form=form, action=action)
