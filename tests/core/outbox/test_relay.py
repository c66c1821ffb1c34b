"""Passing entries on: to this process, to Redis, or to nobody while Redis is away."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from redis import RedisError

from app import create_app
from app.core import clock
from app.core.cli import work
from app.core.db import db, writing
from app.core.events import QUEUES
from app.core.outbox import queries, runners, services
from app.core.outbox.relay import Relay, drain
from app.core.outbox.runners import LocalRunner, RqRunner, queue_named
from app.core.outbox.services import SENT_AGAIN_AFTER
from app.core.redis import connect
from tests.support import both_databases
from tests.support.bell import BellRang, heard, ring
from tests.support.databases import settings_for
from tests.support.sql import count_sql

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def never() -> bool:
    return False


def due() -> list[queries.Due]:
    return queries.list_due(list(QUEUES), 1000)


@both_databases
def test_draining_runs_all_that_is_due_and_nothing_else() -> None:
    ring(*(BellRang(number) for number in range(60)))
    with clock.freeze(NOON):
        ring(BellRang(99, fails=True))
        drain(LocalRunner())
    ring(BellRang(100))
    assert drain(LocalRunner()) == 61
    assert heard() == [*range(60), 100]


def test_an_idle_round_is_one_statement() -> None:
    with count_sql() as statements:
        assert drain(LocalRunner()) == 0
    assert len(statements) == 1


def test_the_search_for_due_entries_uses_the_small_index() -> None:
    ring(BellRang(1))
    with count_sql() as statements:
        due()
    plan = db.session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {statements.texts[0]}", ("2026", "a", "b", "c", "d", 9, 0)
    )
    assert "ix_outbox_entries_due" in str(plan.all())


def test_a_stop_lets_the_present_entry_finish_and_leaves_the_rest() -> None:
    ring(BellRang(1), BellRang(2), BellRang(3))
    answers = iter([False, True, True])
    assert LocalRunner().send(due(), lambda: next(answers)) == 1
    assert heard() == [1]
    assert len(due()) == 2


def test_a_worker_keeps_to_its_queues() -> None:
    ring(BellRang(1))
    assert drain(LocalRunner(("mail",))) == 0
    assert drain(LocalRunner(("mail", "default"))) == 1


@both_databases
def test_what_was_sent_but_not_run_is_due_again_after_half_a_minute() -> None:
    with clock.freeze(NOON):
        ring(BellRang(1))
        entry = due()[0]
        with writing():
            assert services.mark_sent([entry.id]) == {entry.id}
        with writing():
            assert services.mark_sent([entry.id]) == set()
        assert due() == []
    with clock.freeze(NOON + SENT_AGAIN_AFTER - timedelta(seconds=1)):
        assert due() == []
    with clock.freeze(NOON + SENT_AGAIN_AFTER):
        assert due() == [entry]


@both_databases
def test_four_relays_at_once_run_each_entry_once(app: Flask) -> None:
    ring(*(BellRang(number) for number in range(40)))

    def run_all(_number: int) -> int:
        with app.app_context():
            return drain(LocalRunner())

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run_all, range(4)))
    db.session.rollback()
    assert heard() == list(range(40))
    assert sum(done) == 40


@pytest.mark.redis
@both_databases
def test_two_relays_send_each_entry_once(app: Flask, redis_url: str) -> None:
    ring(*(BellRang(number) for number in range(150)))

    def relay_all(_number: int) -> int:
        with app.app_context():
            return drain(RqRunner(connect(redis_url)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(relay_all, range(2)))
    queue = queue_named("default", connect(redis_url))
    arguments = [job.args[0] for job in queue.jobs]
    assert len(arguments) == len(set(arguments)) == 150


@pytest.mark.redis
def test_a_job_is_json_and_carries_only_the_entrys_id(redis_url: str) -> None:
    client = connect(redis_url)
    ring(BellRang(1))
    entry = due()[0]
    RqRunner(client).send([entry], never)
    job = queue_named("default", client).jobs[0]
    assert json.loads(job.data) == ["app.core.outbox.run.run_job", None, [entry.id], {}]
    assert job.result_ttl == 0


@pytest.mark.redis
def test_a_backlog_waits_in_the_database_not_in_redis(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "MOST_QUEUED", 10)
    runner = RqRunner(connect(redis_url))
    ring(*(BellRang(number) for number in range(200)))
    drain(runner)
    assert len(queue_named("default", connect(redis_url))) == 50
    assert runner.open_queues() == ["media", "mail", "maintenance"]
    assert len(due()) == 150
    with clock.freeze(datetime.now(UTC) + SENT_AGAIN_AFTER):
        assert drain(runner) == 0, "a job that still waits must not be sent again"


@pytest.mark.redis
def test_jobs_that_redis_forgot_are_sent_again(redis_url: str) -> None:
    client = connect(redis_url)
    ring(*(BellRang(number) for number in range(20)))
    assert drain(RqRunner(client)) == 20
    client.flushall()
    with clock.freeze(datetime.now(UTC) + SENT_AGAIN_AFTER):
        assert drain(RqRunner(client)) == 20


def test_without_redis_recording_goes_on_and_everything_stays_due() -> None:
    runner = RqRunner(connect("redis://127.0.0.1:9", seconds=0.3))
    ring(*(BellRang(number) for number in range(20)))
    with pytest.raises(RedisError):
        drain(runner)
    with pytest.raises(RedisError):
        runner.send(due(), never)
    assert len(due()) == 20


def test_the_loop_outlives_a_database_that_is_away(tmp_path: Path) -> None:
    away = create_app(settings_for(f"postgresql://nobody@/none?host={tmp_path}", tmp_path))
    assert Relay(away, LocalRunner(), "local")._round() == 1.0


@pytest.mark.timeout(60, method="thread")  # so that the alarm is free
def test_an_entry_that_takes_too_long_is_stopped_and_leaves_no_effect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(runners.TIME_LIMITS, "default", 1)
    ring(BellRang(1, seconds=5), BellRang(2))
    assert drain(LocalRunner(limited=work.within)) == 1
    assert heard() == [2]
    failing = [entry.last_error for entry in queries.list_recent(1).items if entry.last_error]
    assert failing == ["JobTimeoutException: Task exceeded maximum timeout value (1 seconds)"]


def test_the_loop_outlives_a_redis_that_is_away(app: Flask) -> None:
    relay = Relay(app, RqRunner(connect("redis://127.0.0.1:9", seconds=0.3)), "relay")
    assert relay._round() == 1.0
