"""Who may call a route: every route names its guard, or the application does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask
from flask_login import LoginManager, current_user

from app.core.actor import ANONYMOUS, Actor
from app.core.errors import Forbidden, SignInNeeded

P = ParamSpec("P")
R = TypeVar("R")
Policy = Callable[[Actor], bool]

login_manager = LoginManager()
login_manager.anonymous_user = lambda: ANONYMOUS


def current_actor() -> Actor:
    """Return who makes this request; `ANONYMOUS` when nobody is signed in."""
    return cast(Actor, current_user._get_current_object())


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let anyone call this route."""
    return named(view, "public")


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let any signed-in person call this route; raise `SignInNeeded` for others."""
    return guard(is_signed_in)(view)


def guard(policy: Policy) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let those call this route whom `policy` allows; raise `SignInNeeded` or `Forbidden`."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(policy(current_actor()))
            return view(*args, **kwargs)

        return named(guarded, policy.__name__)

    return decorate


def is_signed_in(actor: Actor) -> bool:
    """Tell whether this is a known person."""
    return actor.is_authenticated


def require(allowed: bool) -> None:
    """Raise `SignInNeeded` for the anonymous and `Forbidden` for others, unless `allowed`."""
    if allowed:
        return
    raise Forbidden if current_actor().is_authenticated else SignInNeeded


def named(view: Callable[P, R], name: str) -> Callable[P, R]:
    """Mark `view` as guarded by the policy `name`, for the start-up check and the matrix."""
    view.guard_name = name  # type: ignore[attr-defined]
    return view


def guard_name(view: Any) -> str | None:
    """Return the name of the policy that guards `view`, or None for an unguarded one."""
    return getattr(view, "guard_name", None)


def refuse_unguarded(app: Flask) -> None:
    """Raise RuntimeError if any route of `app` names no guard."""
    bare = [name for name, view in app.view_functions.items() if guard_name(view) is None]
    if bare:
        raise RuntimeError(f"routes without a guard: {', '.join(sorted(bare))}")


def init_app(app: Flask) -> None:
    """Attach log-in to `app`.

    Not by Flask-Login's own init_app: that looks into the session after each answer, for a cookie
    that is not used here, so that even a course's cover would vary by cookie.
    """
    app.login_manager = login_manager  # type: ignore[attr-defined]
