"""Partials that Python draws: panels of higher floors, and what need be drawn only once."""

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import Any

from flask import current_app, render_template
from jinja2 import Environment
from markupsafe import Markup

from app.core.addresses import root
from app.core.i18n import language

MOST_KEPT = 4096
# What could make a partial somebody's own; to name one of these is an error where it is kept.
PERSONAL = (
    *("current_actor", "current_user", "session", "request", "g", "csrf_token", "theme"),
    *("get_flashed_messages", "nav_items", "new_key", "panel"),
)


def partial(template: str, **context: Any) -> Markup:
    """Return one of our own partials as HTML; Jinja has escaped what it shows."""
    return Markup(render_template(template, **context))  # noqa: S704


def kept_partial(template: str, **values: Hashable) -> Markup:
    """Return a partial that shows nothing but these values, drawn once for each language.

    It has no way to the request or to whoever makes it.
    """
    return _drawn(template, language(), root(), tuple(values.items()))


@lru_cache(maxsize=MOST_KEPT)
def _drawn(
    template: str, _language: str, _root: str, values: tuple[tuple[str, Hashable], ...]
) -> Markup:
    impersonal = _without_persons(current_app.jinja_env)
    return Markup(impersonal.get_template(template).render(dict(values)))  # noqa: S704


@cache
def _without_persons(jinja: Environment) -> Environment:
    """Return templates, with those that they import, which can name nothing of anybody's own."""
    bare = jinja.overlay()
    bare.globals = {name: value for name, value in jinja.globals.items() if name not in PERSONAL}
    return bare
