"""Jobs that come round again: once in each period, however many schedulers there are."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, periodic
from app.core.db import db, writing
from app.core.idempotency import IdempotencyKey
from app.core.outbox.models import OutboxEntry
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from app.core.periodic import PeriodicRun, begin_due
from tests.support import both_databases

NIGHT = datetime(2026, 5, 4, 0, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def asked() -> Counter[str]:
    db.session.rollback()
    return Counter(db.session.execute(select(OutboxEntry.handler)).scalars())


@both_databases
def test_each_job_is_asked_for_once_a_period() -> None:
    everything = len(periodic._lengths)
    with clock.freeze(NIGHT):
        assert begin_due() == everything
        assert begin_due() == 0
    with clock.freeze(NIGHT + timedelta(minutes=59)):
        begin_due()
    assert asked()["core.purge_outbox"] == 1
    with clock.freeze(NIGHT + timedelta(minutes=61)):
        begin_due()
    assert asked()["core.purge_outbox"] == 2
    assert asked()["core.sweep_idempotency"] == 1


@both_databases
def test_two_schedulers_at_once_do_no_harm(app: Flask) -> None:
    def schedule(_number: int) -> int:
        with app.app_context():
            return begin_due()

    with ThreadPoolExecutor(4) as pool:
        begun = sum(pool.map(schedule, range(4)))
    assert begun == len(periodic._lengths)
    assert set(asked().values()) == {1}


def test_without_the_unique_period_two_schedulers_would_ask_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The constraint is what holds: a scheduler that knows of no run is refused by it."""
    begin_due()
    before = asked()
    monkeypatch.setattr(periodic, "_latest_periods", dict)
    assert begin_due() == 0
    assert asked() == before


def test_a_scheduler_whose_clock_is_behind_asks_for_nothing() -> None:
    with clock.freeze(NIGHT):
        begin_due()
    with clock.freeze(NIGHT - timedelta(days=1)):
        assert begin_due() == 0


def test_what_was_missed_is_made_good_once() -> None:
    with clock.freeze(NIGHT):
        begin_due()
    with clock.freeze(NIGHT + timedelta(days=9)):
        begin_due()
    assert asked()["core.sweep_idempotency"] == 2


def test_old_runs_are_forgotten() -> None:
    for days in (0, 50, 100):
        with clock.freeze(NIGHT + timedelta(days=days)):
            begin_due()
    rows = select(PeriodicRun.period).where(PeriodicRun.name == "core.sweep_idempotency")
    assert len(db.session.execute(rows).all()) == 2


@both_databases
def test_every_periodic_job_of_the_application_runs() -> None:
    with writing():
        old = clock.now() - timedelta(days=8)
        db.session.add(
            IdempotencyKey(actor_id=1, key="k", fingerprint="f", answer=1, created_at=old)
        )
    begin_due()
    assert drain(LocalRunner()) == len(periodic._lengths)
    db.session.rollback()
    assert db.session.execute(select(IdempotencyKey)).all() == []
    errors = db.session.execute(select(OutboxEntry.last_error)).scalars()
    assert set(errors) == {""}
