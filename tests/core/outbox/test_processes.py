"""Workers as real processes: picked up soon, stopped gently, killed at any moment."""

import os
import random
import signal
import statistics
import time
from contextlib import suppress

import pytest
from redis import Redis

from app.core.db import db
from app.core.outbox import heartbeat, queries
from app.core.outbox.run import LEASE
from app.core.outbox.services import SENT_AGAIN_AFTER
from tests.support.bell import BellRang, heard, ring
from tests.support.redis_server import RedisServer
from tests.support.servers import Process, School, StartSchool
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def is_seen() -> bool:
    """Tell whether a worker or relay has given a sign of life."""
    db.session.rollback()
    return heartbeat.silence() is not None


def has_begun(attempts: int) -> bool:
    """Tell whether the bells' handler was begun so many times, whatever came of it."""
    db.session.rollback()
    entries = [entry for entry in queries.list_recent(1).items if entry.handler == "tests.hear"]
    return sum(entry.attempts for entry in entries) >= attempts


def local_worker(school: School) -> Process:
    """Start one, and wait until it is at work."""
    worker = school.command("worker", "--local", app="tests.support.bell_app")
    wait_until(is_seen, 60, "a first sign of life")
    return worker


def median_delay(first: int) -> float:
    """Ring eight bells at odd moments; return how long the middle one took to be heard."""
    delays = []
    for number in range(first, first + 8):
        time.sleep(random.random() / 4)
        ring(BellRang(number))
        delays.append(wait_until(lambda last=number: last in heard()))  # type: ignore[misc]
    return statistics.median(delays)


def kill(school: School, command: str) -> None:
    """End the command's present process as the kernel does when memory is short."""
    with suppress(ProcessLookupError):
        os.kill(school.pid_of(command), signal.SIGKILL)


def test_a_local_worker_is_quick_and_finishes_what_it_has_begun(start_school: StartSchool) -> None:
    school = start_school(web=False, worker=False)
    with school.app.app_context():
        worker = local_worker(school)
        assert median_delay(0) < 0.4
        ring(BellRang(100, seconds=1), BellRang(101, seconds=1))
        wait_until(lambda: has_begun(9))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
        assert heard() == [*range(8), 100]
        assert not is_seen()


@pytest.mark.faults
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_worker_killed_at_any_moment_leaves_each_effect_exactly_once(
    start_school: StartSchool, kind: str, rounds: int
) -> None:
    school = start_school(kind, web=False, worker=False)
    numbers = range(rounds * 2 * 5)
    with school.app.app_context():
        school.respawning("worker", "--local")
        wait_until(is_seen, 60)
        for first in numbers[::5]:
            ring(*(BellRang(number, seconds=0.03) for number in range(first, first + 5)))
            time.sleep(random.uniform(0, 0.25))
            kill(school, "worker")
        left = len(numbers) - len(heard())
        wait_until(lambda: len(heard()) >= len(numbers), LEASE.seconds + 10 + left / 4)
        assert heard() == list(numbers)
        assert queries.count_states().dead == 0


@pytest.mark.redis
@pytest.mark.postgres
@pytest.mark.faults
def test_rq_workers_do_it_once_though_they_are_killed_and_redis_forgets_everything(
    start_school: StartSchool, redis_url: str, rounds: int
) -> None:
    school = start_school("postgres", web=False, worker=False, REDIS_URL=redis_url)
    numbers = range(8, 8 + rounds * 10)
    with school.app.app_context(), Redis.from_url(redis_url) as redis:
        school.respawning("relay")
        school.respawning("worker")
        wait_until(is_seen, 60)
        assert median_delay(0) < 0.8
        for first in numbers[::10]:
            ring(*(BellRang(number, seconds=0.03) for number in range(first, first + 10)))
            time.sleep(random.uniform(0.1, 0.5))
            kill(school, random.choice(["worker", "relay"]))
            redis.flushall()
        left = len(numbers) + 8 - len(heard())
        patience = SENT_AGAIN_AFTER.seconds + 20 + left / 4
        wait_until(lambda: len(heard()) >= 8 + len(numbers), patience)
        assert heard() == list(range(8 + len(numbers)))


@pytest.mark.redis
@pytest.mark.faults
def test_while_redis_is_down_nothing_waits_for_it_and_nothing_is_lost(
    start_school: StartSchool, own_redis: RedisServer
) -> None:
    school = start_school(web=False, worker=False, REDIS_URL=own_redis.url)
    with school.app.app_context():
        school.respawning("relay")
        school.respawning("worker")
        wait_until(is_seen, 60)
        longest = 0.0
        for number in range(90):
            if number == 30:
                own_redis.stop()
            if number == 60:
                own_redis.start()
            began = time.monotonic()
            ring(BellRang(number))
            longest = max(longest, time.monotonic() - began)
            time.sleep(0.05)
        assert longest < 2
        wait_until(lambda: len(heard()) >= 90, SENT_AGAIN_AFTER.seconds + 10)
        assert heard() == list(range(90))
