"""Every address that changes something is counted; what builders write, together."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_qualified_name

from app.core import limits
from app.core.db.transactions import SAFE_METHODS
from app.core.limits import limiter


def unlimited(app: Flask, limiter: Limiter) -> Iterator[str]:
    """Write routes that are not counted at all."""
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) - SAFE_METHODS)
        if not methods:
            continue
        view = get_qualified_name(app.view_functions[rule.endpoint])
        known = limiter.limit_manager
        exempt = bool(known._route_exemptions.get(view))
        if exempt or not (known.decorated_limits(view) or known.default_limits):
            yield f"{'/'.join(methods)} {rule.rule}"


def uncounted(app: Flask, limiter: Limiter) -> Iterator[str]:
    """Writes of the builder that name no limit of their own."""
    for rule in app.url_map.iter_rules():
        view = get_qualified_name(app.view_functions[rule.endpoint])
        writes = (rule.methods or set()) - SAFE_METHODS
        if not writes or not view.startswith("app.blueprints.builder."):
            continue
        if not limiter.limit_manager.decorated_limits(view):
            yield f"{'/'.join(sorted(writes))} {rule.rule}"


def test_every_write_is_counted(app: Flask) -> None:
    assert list(unlimited(app, limiter)) == []


def test_every_write_of_the_builder_says_how_it_is_counted(app: Flask) -> None:
    assert list(uncounted(app, limiter)) == []


def test_the_checks_find_planted_faults() -> None:
    app = Flask("planted", static_folder=None)
    bare = Limiter(key_func=limits.who, app=app, storage_uri="memory://")

    @app.post("/planted")
    def planted() -> str:
        return ""

    planted.__module__ = "app.blueprints.builder.routes.planted"
    assert list(unlimited(app, bare)) == ["POST /planted"]
    assert list(uncounted(app, bare)) == ["POST /planted"]
    bare.limit("1 per minute")(planted)
    assert list(unlimited(app, bare)) == []


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
