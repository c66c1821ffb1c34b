"""Pages as everybody meets them: in both themes, on a desk and on a phone."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.support.accessibility import assert_accessible, assert_readable
from tests.support.browser import DESKTOP, PHONE

# What a page is opened with that is looked at: axe comes from outside, and waits for no motion.
LOOKED_AT: dict[str, Any] = {"reduced_motion": "reduce", "bypass_csp": True}
Size = dict[str, int]


def assert_for_everybody(page: Page, *addresses: str) -> None:
    """Assert of each page that axe finds nothing, with all unfolded, and that it fits."""
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_shown_to_everybody(page)


def assert_shown_to_everybody(page: Page, sizes: Iterable[Size] = (DESKTOP, PHONE)) -> None:
    """Assert of the page as it stands that axe finds nothing, and that it fits."""
    for size in sizes:
        page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
        assert_in_both_themes(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is wider than the screen by {wide} px"


def assert_in_both_themes(page: Page, *, within: str = ":root") -> None:
    """Assert that axe finds nothing in that part of the page; the dark theme changes colours."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert_accessible(page, within=within)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert_readable(page, within=within)
