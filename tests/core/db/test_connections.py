"""Connections that have gone while nobody used them, on PostgreSQL."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.core.db import connections, db

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database", ["postgres"], indirect=True),
    pytest.mark.usefixtures("app"),
]


def look() -> int:
    try:
        return int(db.session.execute(text("SELECT pg_backend_pid()")).scalar_one())
    finally:
        db.session.close()


def end_connections() -> None:
    """End every connection to the database but this one."""
    url = db.engine.url
    with psycopg.connect(host=url.query["host"], user=url.username, dbname="postgres") as other:  # type: ignore[arg-type]
        other.execute(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = %s",
            [url.database],
        )


def test_an_idle_connection_that_has_gone_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    first = look()
    assert look() == first
    end_connections()
    monkeypatch.setattr(connections, "FRESH_SECONDS", 0.0)
    assert look() != first


def test_one_that_was_just_used_fails_once_and_all_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "FRESH_SECONDS", 60.0)
    look()
    end_connections()
    with pytest.raises(OperationalError):
        look()
    assert look()
