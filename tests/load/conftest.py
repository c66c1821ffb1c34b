"""Many people at a school's door at once, let in without the cost of a log-in each."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from tests.factories.accounts import sign_in
from tests.load.clients import Browser
from tests.support.servers import School

LetIn = Callable[[School, Iterable[User]], list[Browser]]


@pytest.fixture
def let_in() -> Iterator[LetIn]:
    """Give each of some people a browser with a session of its own."""
    with ExitStack() as opened:

        def let_in(school: School, users: Iterable[User]) -> list[Browser]:
            return [enter(user, school) for user in users]

        def enter(user: User, school: School) -> Browser:
            browser = Browser(school.url)
            opened.callback(browser.close)
            browser.cookies[_cookie_name(school.app)] = _session_cookie(school.app, user)
            return browser

        yield let_in


def _session_cookie(app: Flask, user: User) -> str:
    client = app.test_client()
    sign_in(client, user)
    cookie = client.get_cookie(_cookie_name(app))
    assert cookie
    return cookie.value


def _cookie_name(app: Flask) -> str:
    return str(app.config["SESSION_COOKIE_NAME"])
