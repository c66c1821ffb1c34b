"""What accounts put on every page: the right end of the top bar, and their settings pages."""

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l
from app.core.partials import partial
from app.core.registries import panels


@panels.fill("account")
def account_menu() -> str:
    """Draw the way in, or the menu of who is signed in."""
    return partial("accounts/_account_menu.html")


@panels.fill("account_links")
def settings_link() -> str:
    """Link to the settings from the menu."""
    return partial("accounts/_account_links.html")


@panels.fill("settings_tabs")
def settings_tabs() -> list[tuple[str, Text]]:
    """Name the settings pages: endpoint and label."""
    return [
        ("accounts.profile", _l("Profile")),
        ("accounts.security", _l("Security")),
        ("accounts.appearance", _l("Appearance")),
    ]
