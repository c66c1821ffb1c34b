"""The test client: sends the CSRF token as a page's form would, and rejects invalid pages."""

import hashlib
import os
from contextvars import copy_context
from typing import Any

from flask import has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.db.transactions import SAFE_METHODS
from tests.support.markup import faults_in

# What htmx says of itself where it asks for a part of a page.
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


class CheckedClient(FlaskClient):
    """A client of which each response is looked at.

    `csrf=False` sends a write without its token; `failing=True` lets a 500 through.
    """

    def open(
        self, *args: Any, csrf: bool = True, failing: bool = False, **kwargs: Any
    ) -> TestResponse:
        if csrf and kwargs.get("method", "GET").upper() not in SAFE_METHODS:
            kwargs["headers"] = {"X-CSRFToken": self._token(), **dict(kwargs.get("headers") or {})}
        kwargs.setdefault("buffered", True)
        response = copy_context().run(self._open_outside, *args, **kwargs)
        response.request.input_stream.close()  # a large form waits in a file
        if has_app_context():
            db.session.rollback()  # so that the test sees what the request did
        _check(response, failing=failing)
        return response

    def _open_outside(self, *args: Any, **kwargs: Any) -> TestResponse:
        # A request that begins in the test's own application context would share its session and
        # its signed-in user, which no real request does.
        _cv_app.set(None)  # type: ignore[arg-type]
        return super().open(*args, **kwargs)

    def _token(self) -> str:
        """As Flask-WTF makes it, for this client's session."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())
        signer = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(raw))


def hidden_key(client: CheckedClient, page: str, action: str) -> str:
    """Return the key of the form on `page` that is sent to `action`."""
    form = client.get(page).text.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    return form.split('name="key" value="', 1)[1].split('"', 1)[0]


def _check(response: TestResponse, *, failing: bool) -> None:
    if response.status_code == 500 and not failing:
        raise AssertionError(f"{response.request.path} failed; the log above says how")
    if response.mimetype != "text/html" or response.content_encoding or not response.data:
        return
    faults = faults_in(response.text)
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults)
        raise AssertionError(f"{response.request.path} is not a valid page:\n{listed}")
