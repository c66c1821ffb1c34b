"""axe-core on a page in the browser."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from app.core.assets import NODE_MODULES

# One change of colour sets off the next, from an element to what it holds.
_COME_TO_REST = """async () => {
    const moving = () => document.getAnimations().filter(one =>
        one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity);
    do {
        await new Promise(requestAnimationFrame);
        await Promise.allSettled(moving().map(one => one.finished));
    } while (moving().length);
}"""


def assert_accessible(page: Page, *, within: str = ":root", besides: tuple[str, ...] = ()) -> None:
    """Assert that axe finds nothing on the page as it stands, or in that part of it.

    `besides` leaves out rules by id. What is still fading or changing its colour is waited for.
    """
    _assert_nothing_found(page, within, {"rules": {rule: {"enabled": False} for rule in besides}})


def assert_readable(page: Page, *, within: str = ":root") -> None:
    """Assert only what a theme can change: axe finds enough contrast on the page as it stands."""
    _assert_nothing_found(page, within, {"runOnly": ["color-contrast"]})


def _assert_nothing_found(page: Page, within: str, options: dict[str, Any]) -> None:
    page.evaluate(_COME_TO_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(
        "([within, options]) => axe.run(document.querySelector(within), options)"
        ".then(result => result.violations)",
        [within, {**options, "resultTypes": ["violations"]}],
    )
    told = [
        f"{fault['id']}: {fault['help']}\n    {node['html']}"
        for fault in found
        for node in fault["nodes"]
    ]
    assert not told, f"{page.url} is not accessible to all:\n" + "\n".join(told)


@cache
def _axe() -> str:
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text()
