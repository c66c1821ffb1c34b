"""Who may call what: the application as it is, against the reviewed table."""

import pytest
from flask import Flask

from app.core.guards import guard_name, public, refuse_unguarded
from tests.architecture import matrix, world


@pytest.mark.slow
@pytest.mark.parametrize("role", world.ROLES)
def test_each_role_is_answered_as_reviewed(app: Flask, role: str) -> None:
    table = matrix.reviewed(matrix.FILE.read_text())
    told = matrix.differences(table, role, matrix.column(app, world.build(), role))
    assert told == [], "if this is meant: make matrix, and review what changes in its table"


def test_every_route_names_its_guard(app: Flask) -> None:
    assert [name for name, view in app.view_functions.items() if guard_name(view) is None] == []


def test_a_route_without_a_guard_stops_the_start() -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/open", view_func=public(lambda: "x"), endpoint="open")
    refuse_unguarded(app)
    app.add_url_rule("/planted", view_func=lambda: "x", endpoint="planted")
    with pytest.raises(RuntimeError, match="planted"):
        refuse_unguarded(app)


def test_the_comparison_finds_planted_faults() -> None:
    table = {"GET    /a": {"learner": "403"}, "GET    /gone": {"learner": "200"}}
    found = {"GET    /a": "200", "GET    /new": "200"}
    assert matrix.differences(table, "learner", found) == [
        "GET    /a as learner: 403 → 200",
        "GET    /gone as learner: 200 → not there",
        "GET    /new as learner: not there → 200",
    ]
    assert matrix.differences(table, "learner", {"GET    /a": "403", "GET    /gone": "200"}) == []
