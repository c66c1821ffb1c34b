"""What notices put on other pages: the bell, their settings, and the count that it shows."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect

from app.blueprints.messaging import queries
from app.core.errors import Text
from app.core.guards import current_actor
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import hooks, panels


@hooks.fill("accounts.unread")
def unread(user_id: ColumnElement[Any]) -> ScalarSelect[int]:
    """Count what a person has not read, in the statement that finds their session."""
    return queries.count_unread(user_id)


@panels.fill("top")
def bell() -> str | None:
    """Draw the bell for who is signed in."""
    actor = current_actor()
    return partial("messaging/_bell.html", unread=actor.unread) if actor.is_authenticated else None


@panels.fill("settings_tabs")
def settings_tab() -> list[tuple[str, Text]]:
    """Name the page where mail is switched on and off."""
    return [("messaging.choices", _l("Notices"))]
