"""Every address that changes something is counted; what builders write, each as it says."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask_limiter.util import get_qualified_name

from app.core import limits
from app.core.db.transactions import SAFE_METHODS
from app.core.guards import public
from app.core.limits import limiter

BUILDER = "app.blueprints.builder."


def uncounted(app: Flask, is_counted: Callable[[str], bool], *, under: str = "") -> Iterator[str]:
    """Write routes whose views lie `under` a package and are not counted."""
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) - SAFE_METHODS)
        view = get_qualified_name(app.view_functions[rule.endpoint])
        if methods and view.startswith(under) and not is_counted(view):
            yield f"{'/'.join(methods)} {rule.rule}"


def names_a_limit(view: str) -> bool:
    """Whether a view says itself how it is counted."""
    return bool(limiter.limit_manager.decorated_limits(view))


def has_a_limit(view: str) -> bool:
    """Whether a view is counted, by its own limit or by that of all writes."""
    is_exempt = bool(limiter.limit_manager._route_exemptions.get(view))
    common = bool(limiter.limit_manager.default_limits)
    return not is_exempt and (common or names_a_limit(view))


def test_every_write_is_counted(app: Flask) -> None:
    assert list(uncounted(app, has_a_limit)) == []


def test_every_write_of_the_builder_says_how_it_is_counted(app: Flask) -> None:
    assert list(uncounted(app, names_a_limit, under=BUILDER)) == []


def test_the_checks_find_planted_faults() -> None:
    app = Flask("planted", static_folder=None)

    def view() -> str:
        return ""

    app.add_url_rule("/planted", view_func=public(view), methods=["POST"])
    app.add_url_rule("/read", "read", view_func=public(view))
    assert list(uncounted(app, names_a_limit)) == ["POST /planted"]
    assert list(uncounted(app, names_a_limit, under=BUILDER)) == []
    view.__module__ = f"{BUILDER}routes.planted"
    assert list(uncounted(app, names_a_limit, under=BUILDER)) == ["POST /planted"]


@pytest.mark.parametrize(
    ("limit", "times"),
    [
        (limits.BUILDER_WRITE, "120 per minute"),
        (limits.BUILDER_WRITE_ADDRESS, "1200 per minute"),
        (limits.CREATE, "10 per minute"),
    ],
)
def test_the_numbers_are_those_of_the_design(limit: str, times: str) -> None:
    assert limit == times
