"""The application under test and its client: one application a process, a fresh database a test."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from app.core.db import db
from app.core.shelf import clear_all
from tests.support import run
from tests.support.client import CheckedClient
from tests.support.databases import Database, settings_for
from tests.support.limits import count_anew

MakeApp = Callable[[Database], Flask]


@pytest.fixture(scope="session")
def make_app() -> MakeApp:
    """The application on a database; made once for each, since that takes longer than a test."""
    made: dict[str, Flask] = {}

    def make(database: Database) -> Flask:
        if database.url not in made:
            instance = run.own_folder() / f"instance-{len(made)}"
            made[database.url] = create_app(settings_for(database.url, instance))
            made[database.url].test_client_class = CheckedClient
        return made[database.url]

    return make


@pytest.fixture
def app(database: Database, make_app: MakeApp) -> Iterator[Flask]:
    """The application, with a context in which a test may read and write by itself."""
    app = make_app(database)
    count_anew()
    clear_all()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A browser's stand-in without JavaScript, which rejects invalid pages."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client
