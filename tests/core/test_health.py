"""Alive and ready: what is said, and that each fault is noticed."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rq import SimpleWorker
from sqlalchemy import text, update

from app import create_app
from app.core import clock, health
from app.core.db import db, migrations, writing
from app.core.outbox.heartbeat import FRESH, Heart, WorkerHeartbeat
from app.core.redis import connect
from tests.support import both_databases
from tests.support.databases import Database, settings_for
from tests.support.sql import count_sql


@pytest.fixture
def all_well(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is seen and the tables are at the newest revision."""
    monkeypatch.setattr(migrations, "heads", lambda: {"0042"})
    with writing():
        db.session.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)"))
        db.session.execute(text("DELETE FROM alembic_version"))
        db.session.execute(text("INSERT INTO alembic_version VALUES ('0042')"))
    Heart("local").beat()


def troubles(client: FlaskClient) -> dict[str, str]:
    answer = client.get("/readyz")
    assert answer.json is not None
    assert answer.json["ready"] is (answer.status_code == 200)
    assert answer.headers["Cache-Control"] == "no-store"
    return {name: said for name, said in answer.json["checks"].items() if said != "ok"}


def test_alive_asks_the_database_nothing(client: FlaskClient) -> None:
    with count_sql(at_most=0):
        answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"alive": True}
    assert answer.headers["Cache-Control"] == "no-store"


@both_databases
@pytest.mark.usefixtures("all_well")
def test_ready_when_all_is_well(client: FlaskClient) -> None:
    assert troubles(client) == {}


@pytest.mark.usefixtures("all_well")
def test_a_worker_that_went_silent_is_noticed(client: FlaskClient) -> None:
    with writing():
        silent_since = clock.now() - FRESH - timedelta(seconds=1)
        db.session.execute(update(WorkerHeartbeat).values(at=silent_since))
    assert set(troubles(client)) == {"worker"}


@pytest.mark.usefixtures("all_well")
def test_a_worker_that_stopped_takes_its_sign_away(client: FlaskClient) -> None:
    Heart("local").stop()
    assert set(troubles(client)) == {"worker"}


@pytest.mark.usefixtures("all_well")
def test_tables_of_another_version_are_noticed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "heads", lambda: {"0043"})
    assert set(troubles(client)) == {"migrations"}


@pytest.mark.usefixtures("all_well")
def test_a_database_that_is_away_is_noticed_and_nothing_of_it_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        db.session.execute(text("SELECT password FROM nowhere"))

    monkeypatch.setitem(health._checks, "database", fail)
    assert troubles(client) == {"database": "No answer."}


def test_a_redis_that_is_away_is_noticed_soon(database: Database, tmp_path: Path) -> None:
    settings = settings_for(database.url, tmp_path, REDIS_URL="redis://:hunter2@127.0.0.1:9/0")
    app = create_app(settings)
    with app.app_context():
        answer = app.test_client().get("/readyz")
        db.engine.dispose()
    assert answer.json is not None
    assert answer.json["checks"]["redis"] == "No answer."
    assert "hunter2" not in answer.text


@pytest.mark.redis
def test_a_redis_is_well_when_it_answers_and_a_worker_listens(
    database: Database, tmp_path: Path, redis_url: str
) -> None:
    app = create_app(settings_for(database.url, tmp_path, REDIS_URL=redis_url))
    client = app.test_client()
    worker = SimpleWorker(["default"], connection=connect(redis_url))
    with app.app_context():
        assert troubles(client)["redis"] == "No RQ worker is registered."
        worker.register_birth()  # type: ignore[no-untyped-call]
        assert "redis" not in troubles(client)
        worker.register_death()  # type: ignore[no-untyped-call]
        assert troubles(client)["redis"] == "No RQ worker is registered."
        db.engine.dispose()
