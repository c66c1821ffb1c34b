"""The two schools that the walks go through, built once a process and put back after each write."""

from collections.abc import Iterator

import pytest

from app.core.db import db
from tests.security.books import Books
from tests.security.campus import Campus
from tests.security.rightful import Rightful, find
from tests.security.schools import build_two
from tests.support import run
from tests.support.apps import MakeApp
from tests.support.databases import Database
from tests.support.limits import count_anew


@pytest.fixture(scope="session")
def built(make_app: MakeApp) -> Iterator[Campus]:
    path = run.own_folder() / "security.db"
    database = Database("sqlite", f"sqlite:///{path}")
    database.reset()
    app = make_app(database)
    first, second = build_two(app)
    books = Books(str(path))
    yield Campus(app, first, second, books)
    books.close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def rightful(built: Campus) -> Rightful:
    """The writes of the second school that are its people's own to make."""
    return find(built, built.second)


@pytest.fixture
def campus(built: Campus) -> Iterator[Campus]:
    """Both schools as they were built."""
    count_anew()
    yield built
    built.books.take_back()
