"""The migrations make the tables that the models describe, and take them away again."""

from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Column, Integer, Table, inspect

from app import create_app
from app.core.db import db, migrations
from tests.support import postgres, run
from tests.support.databases import settings_for

# SQLite cannot tell what an index on lower(email) is made of; the run on PostgreSQL compares it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection", "ignore:autogenerate skipping"
)
BOTH = pytest.mark.parametrize(
    "empty", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def empty(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a database that has no tables yet."""
    path = run.own_folder() / "empty.db"
    url = f"sqlite:///{path}"
    if request.param == "postgres":
        name = f"empty_{run.process_name()}"
        url = postgres.url(name)
        postgres.create(name)
    app = create_app(settings_for(url, run.own_folder() / "empty"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    path.unlink(missing_ok=True)


@pytest.mark.slow
@BOTH
def test_up_down_and_up_again(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.check()
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade()
    flask_migrate.check()


@pytest.mark.slow
@BOTH
def test_a_planted_table_is_missed(empty: Flask, caplog: pytest.LogCaptureFixture) -> None:
    flask_migrate.upgrade()
    planted = Table("planted", db.metadata, Column("id", Integer, primary_key=True))
    try:
        with pytest.raises(SystemExit):
            flask_migrate.check()
        assert "planted" in caplog.text
    finally:
        db.metadata.remove(planted)


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory(str(migrations.FOLDER)).get_heads()) == 1
