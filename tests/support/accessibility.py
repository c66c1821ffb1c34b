"""axe-core on a page in the browser."""

from functools import cache

from playwright.sync_api import Page

from app.core.assets import NODE_MODULES


def assert_accessible(page: Page, *, besides: tuple[str, ...] = ()) -> None:
    """Assert that axe finds nothing on the page as it stands; `besides` leaves out rules by id."""
    page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run({rules: Object.fromEntries(rules.map(id => [id, {enabled: false}]))})"
        ".then(result => result.violations)",
        list(besides),
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
