"""Pages as everybody meets them: in both themes, on a desk and on a phone."""

from typing import Any, Literal

from playwright.sync_api import Page, ViewportSize

from tests.support.accessibility import assert_accessible
from tests.support.browser import DESKTOP, PHONE

# What a page is opened with that is looked at: axe comes from outside, and waits for no motion.
LOOKED_AT: dict[str, Any] = {"reduced_motion": "reduce", "bypass_csp": True}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def assert_for_everybody(page: Page, *addresses: str) -> None:
    """Assert of each page that axe finds nothing, with all unfolded, and that it fits."""
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_shown_to_everybody(page)


def assert_shown_to_everybody(page: Page) -> None:
    """Assert of the page as it stands that axe finds nothing, and that it fits."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
            assert_accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{page.url} is wider than the screen by {wide} px"
