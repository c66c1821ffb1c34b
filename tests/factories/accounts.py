"""People: users, what services know them by, and their log-in sessions."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from itertools import count

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.accounts.models import User, UserSession
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from tests.factories import saving

PASSWORD = "a quiet place to read"
_numbers = count(1)


def make_user(
    name: str = "Ada Okafor",
    *,
    email: str | None = None,
    roles: Iterable[str] = (),
    password: str = PASSWORD,
) -> User:
    """A person with these staff roles (contributor, approver, admin)."""
    user = User(
        email=email or f"{name.split()[0].lower()}{next(_numbers)}@example.org",
        display_name=name,
        password_hash=_hash(password),
        **{f"is_{role}": True for role in roles},
    )
    with saving():
        db.session.add(user)
        db.session.flush()
    return user


def actor_for(user: User) -> Actor:
    """Who `user` is to services and policies."""
    return Actor(id=user.id, display_name=user.display_name, email=user.email, roles=user.roles)


def sign_in(client: FlaskClient, user: User) -> None:
    """Let `client` act as `user`, as after a log-in."""
    token = secrets.token_urlsafe(32)
    with saving():
        db.session.add(
            UserSession(
                user_id=user.id,
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                expires_at=clock.now() + timedelta(days=1),
            )
        )
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True


def session_cookie(app: Flask, user: User) -> tuple[str, str]:
    """The name and value of a cookie with which a browser acts as `user`."""
    client = app.test_client()
    sign_in(client, user)
    name = str(app.config["SESSION_COOKIE_NAME"])
    cookie = client.get_cookie(name)
    assert cookie
    return name, cookie.value


@cache
def _hash(password: str) -> str:
    # A real hash, but a cheap one: most tests never look at it.
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


_hash(PASSWORD)  # once, before anybody writes: nothing is hashed while writing
