"""Reads cannot write; writes are one transaction, one at a time, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from app.core.actor import SYSTEM
from app.core.audit import AuditEvent, record
from app.core.db import after_commit, db, writing, writing_aside
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")
EDGE = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))


def note(action: str = "test.noted", **detail: object) -> None:
    record(SYSTEM, action, "test", 1, **detail)


def count() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count(AuditEvent.id))).scalar_one()


@both_databases
def test_a_write_outside_a_write_transaction_is_refused_by_the_database() -> None:
    note()
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        db.session.flush()
    db.session.rollback()
    for statement in ("DELETE FROM audit_events", "CREATE TABLE planted (id integer)"):
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            db.session.execute(text(statement))
        db.session.rollback()


@both_databases
def test_after_a_write_transaction_the_same_connection_is_read_only_again() -> None:
    for _ in range(3):
        with writing():
            note()
        note()
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            db.session.flush()
        db.session.rollback()
    assert count() == 3


@both_databases
def test_a_failure_takes_everything_back() -> None:
    def fail() -> None:
        with writing():
            note()
            db.session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert count() == 0
    with writing():
        note()
    assert count() == 1


def test_a_write_transaction_within_another_is_refused() -> None:
    def nest() -> None:
        with writing(), writing():
            note()

    with pytest.raises(RuntimeError, match="already"):
        nest()
    with writing():
        note()
    assert count() == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_safe_request_may_not_write(app: Flask, method: str) -> None:
    with (
        app.test_request_context("/", method=method),
        pytest.raises(RuntimeError, match="safe"),
        writing(),
    ):
        note()
    with app.test_request_context("/", method="POST"), writing():
        note()
    assert count() == 1


def test_core_may_touch_a_row_aside_after_a_safe_request(app: Flask) -> None:
    with app.test_request_context("/", method="GET"), writing_aside():
        note()
    assert count() == 1


@both_databases
def test_what_follows_a_commit_runs_after_it_and_each_on_its_own() -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(count())

    def stumble() -> None:
        raise LookupError

    with writing():
        note()
        after_commit(look)
        after_commit(stumble)
        after_commit(look)
        assert seen == []
    assert seen == [1, 1]


def test_what_follows_a_commit_does_not_run_without_one() -> None:
    seen: list[str] = []

    def fail() -> None:
        with writing():
            after_commit(lambda: seen.append("ran"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with writing():
        note()
    assert seen == []
    with pytest.raises(RuntimeError, match="writing"):
        after_commit(lambda: None)


@both_databases
def test_many_writers_lose_nothing(app: Flask) -> None:
    with writing():
        note(n=0)

    def add(_number: int) -> None:
        with app.app_context(), writing():
            row = db.session.execute(select(AuditEvent).with_for_update()).scalar_one()
            row.detail = {"n": row.detail["n"] + 1}

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(100)))
    db.session.rollback()
    assert db.session.execute(select(AuditEvent.detail)).scalar_one() == {"n": 100}


@both_databases
def test_times_come_back_in_utc_and_without_a_zone_are_refused() -> None:
    with writing():
        note()
        db.session.flush()
        row = db.session.execute(select(AuditEvent)).scalar_one()
        row.at = EDGE
    db.session.expire_all()
    kept = db.session.execute(select(AuditEvent.at)).scalar_one()
    assert kept == EDGE
    assert kept.tzinfo is UTC

    def keep_naive() -> None:
        with writing():
            row = db.session.execute(select(AuditEvent)).scalar_one()
            row.at = EDGE.replace(tzinfo=None)

    with pytest.raises(StatementError, match="a time without a zone"):
        keep_naive()


def test_sqlite_is_set_up_for_durable_writes_and_whole_references() -> None:
    def pragma(name: str) -> object:
        return db.session.execute(text(f"PRAGMA {name}")).scalar_one()

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("query_only") == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_postgresql_waits_no_longer_than_told() -> None:
    assert db.session.execute(text("SHOW lock_timeout")).scalar_one() == "3s"
    assert db.session.execute(text("SHOW statement_timeout")).scalar_one() == "5s"


@both_databases
def test_errors_of_the_database_do_not_quote_values() -> None:
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("SELECT no_such_column, :secret"), {"secret": "hunter2"})
    assert "hunter2" not in str(caught.value)
    db.session.rollback()
