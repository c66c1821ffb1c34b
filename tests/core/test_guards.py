"""Guards: every route has one, and it decides before the route runs."""

import pytest
from flask import Flask

from app.core import guards
from app.core.actor import ANONYMOUS, SYSTEM, Actor
from app.core.errors import Forbidden, SignInNeeded

ADA = Actor(id=7, display_name="Ada", email="ada@example.org")
CHIEF = Actor(id=8, display_name="Chief", email="c@example.org", roles=frozenset({"admin"}))


def is_admin(actor: Actor) -> bool:
    return actor.is_admin


@guards.guard(is_admin)
def rule() -> str:
    return "ruled"


@guards.signed_in
def enter() -> str:
    return "entered"


@guards.public
def look() -> str:
    return "looked"


def as_actor(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setattr(guards, "current_actor", lambda: actor)


def test_the_allowed_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    as_actor(monkeypatch, CHIEF)
    assert (rule(), enter(), look()) == ("ruled", "entered", "looked")


def test_the_signed_in_without_the_right_are_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    as_actor(monkeypatch, ADA)
    assert (enter(), look()) == ("entered", "looked")
    with pytest.raises(Forbidden):
        rule()


def test_the_anonymous_are_asked_to_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    as_actor(monkeypatch, ANONYMOUS)
    assert look() == "looked"
    for view in (rule, enter):
        with pytest.raises(SignInNeeded):
            view()


def test_a_guard_has_the_name_of_its_policy() -> None:
    names = [guards.guard_name(view) for view in (rule, enter, look)]
    assert names == ["is_admin", "is_signed_in", "public"]


def test_an_application_with_an_unguarded_route_does_not_start() -> None:
    app = Flask("school", static_folder=None)
    app.add_url_rule("/look", "look", look)
    guards.refuse_unguarded(app)
    app.add_url_rule("/bare", "bare", lambda: "")
    with pytest.raises(RuntimeError, match="routes without a guard: bare"):
        guards.refuse_unguarded(app)


def test_what_the_system_does_is_not_what_a_person_may() -> None:
    assert SYSTEM.is_admin
    assert not SYSTEM.is_authenticated
    assert not ANONYMOUS.is_admin
