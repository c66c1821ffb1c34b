"""Many people at a school's door at once, let in without the cost of a log-in each."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import pytest

from app.blueprints.accounts.models import User
from tests.factories.accounts import session_cookie
from tests.load.clients import Browser
from tests.support.servers import School

LetIn = Callable[[School, Iterable[User]], list[Browser]]


@pytest.fixture
def let_in() -> Iterator[LetIn]:
    """Give each of some people a browser with a session of its own."""
    with ExitStack() as opened:

        def let_in(school: School, users: Iterable[User]) -> list[Browser]:
            with school.app.app_context():
                return [enter(user, school) for user in users]

        def enter(user: User, school: School) -> Browser:
            browser = Browser(school.url)
            opened.callback(browser.close)
            name, value = session_cookie(school.app, user)
            browser.cookies[name] = value
            return browser

        yield let_in
