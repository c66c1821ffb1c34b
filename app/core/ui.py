"""What every template may use."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, message_flashed, request, session
from flask.templating import Environment
from flask_babel import get_locale
from jinja2 import StrictUndefined

from app.core import covers, formats
from app.core.drawing import icon, ring, sparkline
from app.core.guards import current_actor
from app.core.idempotency import new_key
from app.core.partials import kept_partial
from app.core.registries import nav, panels, places

THEMES = ("system", "light", "dark")
# Notices wait in a cookie for the next page, and browsers refuse a cookie of more than 4 kB.
MOST_NOTICES = 4


class Templates(Environment):
    """Jinja for pages that include and import dozens of templates.

    Jinja lays a map of each template's own globals over the common ones and goes through both
    for every include and import; ours have none of their own.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the common globals themselves, where a template brings none."""
        return super().make_globals(d) if d else self.globals


def dom_id(thing: Any, slot: str = "") -> str:
    """Return the element id of `thing` on a page, for example `lesson-x7k2-title`."""
    name = type(thing).__name__.lower()
    key = getattr(thing, "key", None) or thing.id
    return f"{name}-{key}-{slot}" if slot else f"{name}-{key}"


def theme() -> str:
    """Return the look that this browser asked for."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else "system"


def _forget_earlier(_app: Flask, **_told: Any) -> None:
    """Keep the latest notices only, for one who sends forms and never looks at the answers."""
    session["_flashes"] = session["_flashes"][-MOST_NOTICES:]


def init_app(app: Flask) -> None:
    """Give the templates their globals; a name that is not there is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        cover=covers.cover,
        current_actor=current_actor,
        dom_id=dom_id,
        get_locale=get_locale,
        icon=icon,
        kept_partial=kept_partial,
        new_key=new_key,
        nav_items=lambda: nav.items_for(current_actor()),
        panel=panels.call,
        places=places,
        ring=ring,
        sparkline=sparkline,
        theme=theme,
    )
    message_flashed.connect(_forget_earlier, app)
    formats.init_app(app)
    app.register_blueprint(covers.bp)
