"""axe-core on a page in the browser."""

from functools import cache

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
    page.evaluate(_COME_TO_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(
        "([within, rules]) => axe.run(document.querySelector(within), {"
        "resultTypes: ['violations'],"
        "rules: Object.fromEntries(rules.map(id => [id, {enabled: false}]))})"
        ".then(result => result.violations)",
        [within, list(besides)],
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
