"""Many people at a school's door at once, let in without the cost of a log-in each."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import pytest

from app.blueprints.accounts.models import User
from tests.factories.accounts import session_cookie
from tests.load.clients import Browser
from tests.support.servers import School, schools

LetIn = Callable[[School, Iterable[User]], list[Browser]]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def school(request: pytest.FixtureRequest) -> Iterator[School]:
    """A school of four processes, on each kind of database, for all the races of a file."""
    with schools() as start:
        yield start(request.param, processes=4, worker=False)


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
