"""The right end of the top bar: the way in, or the menu of who is signed in."""

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.blueprints.accounts.routes.blueprint import bp
from app.core.registries import panels


@panels.fill("account")
def account_menu() -> Markup:
    """Draw the menu for whoever makes this request."""
    return Markup(render_template("accounts/_account_menu.html"))  # noqa: S704 (escaped by Jinja)


@panels.fill("account_links")
def settings_links() -> Markup:
    """Link to the settings from the menu."""
    return Markup(render_template("accounts/_account_links.html"))  # noqa: S704


@panels.fill("settings_tabs")
def own_tabs() -> list[tuple[str, str]]:
    """Name the settings pages of this package: endpoint and label."""
    return [
        (f"{bp.name}.profile", _("Profile")),
        (f"{bp.name}.security", _("Security")),
        (f"{bp.name}.appearance", _("Appearance")),
    ]
