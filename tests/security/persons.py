"""Who sends the requests of the walks: a cookie and its token, made once."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.blueprints.accounts.models import User
from app.core.db.transactions import SAFE_METHODS
from app.core.limits import limiter
from tests.factories.accounts import sign_in


@dataclass(frozen=True)
class Person:
    """Somebody at a browser; sending changes nothing about it."""

    client: FlaskClient = field(repr=False)
    cookie: str
    token: str
    is_known: bool

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **sent: Any
    ) -> TestResponse:
        """Send a request as a page's form would, with its token; no limit is ever reached."""
        limiter.reset()
        sent_headers = dict(headers or {})
        is_safe = method in SAFE_METHODS
        if self.is_known or not is_safe:  # a stranger who only reads has no cookie at all
            sent_headers.setdefault("Cookie", self.cookie)
        if not is_safe:
            sent_headers.setdefault("X-CSRFToken", self.token)
        if isinstance(sent.get("data"), dict):
            sent["data"] = {n: v() if callable(v) else v for n, v in sent["data"].items()}
        sent.setdefault("buffered", True)
        response = self.client.open(path, method=method, headers=sent_headers, **sent)
        response.request.input_stream.close()
        return response


def person_of(app: Flask, user: User | None) -> Person:
    """`user` at a browser of theirs, or a stranger."""
    client = FlaskClient(app, use_cookies=True)
    if user is not None:
        sign_in(client, user)
    raw = hashlib.sha1(os.urandom(64)).hexdigest()
    with client.session_transaction() as session:
        session["csrf_token"] = raw
    name = str(app.config["SESSION_COOKIE_NAME"])
    cookie = client.get_cookie(name)
    assert cookie
    signer = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
    plain = FlaskClient(app, use_cookies=False)
    return Person(plain, f"{name}={cookie.value}", str(signer.dumps(raw)), user is not None)
