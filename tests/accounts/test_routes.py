"""The door and the settings, over HTTP."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.accounts import services
from app.blueprints.accounts.models import LoginEvent, LoginOutcome, User, UserSession
from app.core import clock
from app.core.db import db, writing
from tests.factories.accounts import PASSWORD, actor_for, make_user, sign_in
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

NEW = {"display_name": "Grace Lee", "email": "grace@example.org", "password": "a walk by the sea"}


def log_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> int:
    data = {"email": email, "password": password}
    return client.post("/login", data=data, query_string=more).status_code


def outcomes() -> list[LoginOutcome]:
    return list(db.session.execute(select(LoginEvent.outcome).order_by(LoginEvent.id)).scalars())


def test_signing_up_makes_an_account_and_lets_in(client: CheckedClient) -> None:
    response = client.post("/signup", data=NEW)
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/settings/profile").status_code == 200
    user = db.session.execute(select(User)).scalar_one()
    assert (user.email, user.roles) == ("grace@example.org", frozenset())


def test_a_taken_address_is_refused_whatever_its_case(client: CheckedClient) -> None:
    make_user(email="grace@example.org")
    response = client.post("/signup", data={**NEW, "email": "Grace@Example.org"})
    assert response.status_code == 422
    assert "already" not in response.text
    assert db.session.execute(select(UserSession)).first() is None


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("display_name", " \u200b ", "what to call you"),
        ("email", "grace", "e-mail address"),
        ("password", "too short", "at least 12"),
        ("password", "x" * 201, "at most 200"),
        ("password", "grace lee is my name", "Leave your name"),
    ],
)
def test_signing_up_keeps_what_was_typed(
    client: CheckedClient, field: str, value: str, told: str
) -> None:
    response = client.post("/signup", data={**NEW, field: value})
    assert response.status_code == 422
    assert told in response.text
    assert NEW["password"] not in response.text
    assert db.session.execute(select(User)).first() is None


@both_databases
def test_logging_in_and_out(client: CheckedClient) -> None:
    user = make_user()
    assert log_in(client, user.email.upper()) == 303
    assert client.get("/settings/profile").status_code == 200
    assert client.post("/logout").status_code == 303
    response = client.get("/settings/profile")
    assert response.location == "/login?next=/settings/profile"
    session = db.session.execute(select(UserSession)).scalar_one()
    assert session.revoked_at is not None
    assert outcomes() == [LoginOutcome.SUCCEEDED]


def plain(page: str, email: str) -> str:
    """The page without what differs from one answer to the next: the address and the token."""
    return re.sub(r'(name="csrf_token"[^>]* value=)"[^"]*"', r"\1", page).replace(email, "")


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client: CheckedClient) -> None:
    user = make_user()
    wrong = client.post("/login", data={"email": user.email, "password": "something else"})
    unknown = client.post("/login", data={"email": "no@example.org", "password": "something else"})
    assert wrong.status_code == unknown.status_code == 422
    assert plain(wrong.text, user.email) == plain(unknown.text, "no@example.org")
    assert outcomes() == [LoginOutcome.WRONG, LoginOutcome.WRONG]


def test_the_token_changes_at_log_in(client: CheckedClient) -> None:
    first, second = make_user(), make_user()
    sign_in(client, first)
    with client.session_transaction() as session:
        before = session["_user_id"]
    log_in(client, second.email)
    with client.session_transaction() as session:
        assert session["_user_id"] != before
    kept = db.session.execute(select(UserSession.token_hash)).scalars()
    assert before not in set(kept)


def test_a_disabled_person_is_not_let_in_and_told_why(client: CheckedClient) -> None:
    user = make_user()
    admin = actor_for(make_user(roles=["admin"]))
    sign_in(client, user)
    with writing():
        services.disable_user(admin, user_id=user.id)
    assert client.get("/settings/profile").status_code == 303
    response = client.post("/login", data={"email": user.email, "password": PASSWORD})
    assert response.status_code == 422
    assert "disabled" in response.text
    assert outcomes() == [LoginOutcome.DISABLED]


HOSTILE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "//evil.example\\@localhost",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "",
    "/\u2028/evil.example",
    "//[evil",
    "/\x00/evil.example",
    "@evil.example",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_next_stays_here(client: CheckedClient, hostile: str) -> None:
    user = make_user()
    data = {"email": user.email, "password": PASSWORD}
    response = client.post("/login", data=data, query_string={"next": hostile})
    assert (response.status_code, response.location) == (303, "/")


def test_next_is_followed(client: CheckedClient) -> None:
    user = make_user()
    data = {"email": user.email, "password": PASSWORD}
    response = client.post("/login", data=data, query_string={"next": "/courses?q=a%26b"})
    assert response.location == "/courses?q=a%26b"


def test_five_wrong_passwords_shut_the_door_for_this_address_only(client: CheckedClient) -> None:
    user, other = make_user(), make_user()
    assert [log_in(client, user.email, "something else") for _ in range(5)] == [422] * 5
    response = client.post("/login", data={"email": user.email, "password": PASSWORD})
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    forged = {"X-Forwarded-For": "192.0.2.7"}
    again = client.post("/login", data={"email": user.email, "password": PASSWORD}, headers=forged)
    assert again.status_code == 429
    assert log_in(client, other.email) == 303
    assert outcomes()[5:7] == [LoginOutcome.LOCKED] * 2


def test_an_unknown_address_is_locked_alike(client: CheckedClient) -> None:
    codes = [log_in(client, "no@example.org", "something else") for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_one_account_is_guarded_against_many_addresses(client: CheckedClient) -> None:
    user = make_user()
    data = {"email": user.email, "password": "something else"}
    codes = [
        client.post("/login", data=data, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code
        for n in range(11)
    ]
    assert codes == [422] * 10 + [429]


def test_one_address_cannot_try_many_accounts(client: CheckedClient) -> None:
    codes = [log_in(client, f"no{n}@example.org", "") for n in range(61)]
    assert codes == [422] * 60 + [429]


def test_signing_up_is_limited(client: CheckedClient) -> None:
    codes = [client.post("/signup", data={}).status_code for _ in range(61)]
    assert codes == [422] * 60 + [429]


def test_signed_in_pages_are_kept_by_nobody(client: CheckedClient) -> None:
    assert "no-store" not in client.get("/login").headers.get("Cache-Control", "")
    sign_in(client, make_user())
    headers = client.get("/settings/profile").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in headers["Vary"]


def test_a_session_is_read_in_one_statement(client: CheckedClient) -> None:
    sign_in(client, make_user())
    with count_sql(at_most=1):
        client.get("/settings/profile")


@pytest.mark.parametrize(
    ("roles", "idle", "lives"),
    [
        ([], timedelta(days=29), True),
        ([], timedelta(days=31), False),
        (["contributor"], timedelta(hours=1), True),
        (["contributor"], timedelta(hours=3), False),
    ],
)
def test_idle_sessions_end(
    client: CheckedClient, roles: list[str], idle: timedelta, lives: bool
) -> None:
    user = make_user(roles=roles)
    log_in(client, user.email)
    with clock.freeze(clock.now() + idle):
        assert (client.get("/settings/profile").status_code == 200) is lives


def test_a_session_in_use_is_noted_once_in_five_minutes(client: CheckedClient, app: Flask) -> None:
    user = make_user()
    log_in(client, user.email)
    began = db.session.execute(select(UserSession.last_seen_at)).scalar_one()
    for minutes, noted in ((4, 0), (6, 6), (8, 6)):
        moment = began + timedelta(minutes=minutes)
        with clock.freeze(moment), client.get("/settings/profile"):
            pass
        db.session.rollback()
        seen = db.session.execute(select(UserSession.last_seen_at)).scalar_one()
        assert seen == began + timedelta(minutes=noted)


def test_taking_another_name(client: CheckedClient) -> None:
    assert client.post("/settings/profile", data={"display_name": "X"}).status_code == 401
    user = make_user()
    sign_in(client, user)
    assert client.post("/settings/profile", data={"display_name": ""}).status_code == 422
    response = client.post("/settings/profile", data={"display_name": "  Ada   King "})
    assert response.status_code == 303
    assert db.session.execute(select(User.display_name)).scalar_one() == "Ada King"


def test_changing_the_password_ends_the_other_sessions(app: Flask, client: CheckedClient) -> None:
    user, elsewhere = make_user(), app.test_client()
    sign_in(client, user)
    sign_in(elsewhere, user)
    data = {"current_password": PASSWORD, "new_password": "another quiet place"}
    assert client.post("/settings/security/password", data=data).status_code == 303
    assert client.get("/settings/security").status_code == 200
    assert elsewhere.get("/settings/security").status_code == 303
    assert log_in(elsewhere, user.email) == 422
    assert log_in(elsewhere, user.email, "another quiet place") == 303


def test_changing_the_password_needs_the_present_one(client: CheckedClient) -> None:
    data = {"current_password": "not this one", "new_password": "another quiet place"}
    assert client.post("/settings/security/password", data=data).status_code == 401
    sign_in(client, make_user())
    url = "/settings/security/password"
    codes = [client.post(url, data=data).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    assert client.post(url, data={**data, "new_password": "short"}).status_code == 422


def test_a_person_ends_their_own_sessions_only(app: Flask, client: CheckedClient) -> None:
    user, elsewhere = make_user(), app.test_client()
    sign_in(elsewhere, user)
    session = db.session.execute(select(UserSession.id)).scalar_one()
    url = f"/settings/security/sessions/{session}/revocation"
    assert client.post(url).status_code == 401
    sign_in(client, make_user())
    assert client.post(url).status_code == 404
    assert elsewhere.get("/settings/security").status_code == 200
    sign_in(client, user)
    assert client.post(url).status_code == 303
    assert elsewhere.get("/settings/security").status_code == 303


def test_the_look_is_kept_in_the_browser(client: CheckedClient) -> None:
    assert client.get("/settings/appearance").status_code == 200
    response = client.post("/settings/appearance", data={"theme": "dark", "next": "//evil"})
    assert response.location == "/settings/appearance"
    assert 'data-theme="dark"' in client.get("/login").text
    assert client.post("/settings/appearance", data={"theme": "pink"}).status_code == 422
