"""Tries at a secret are counted, whatever happens to the store."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from limits.storage import MemoryStorage

from app.core import attempts
from app.core.attempts import ALLOWED, FIRST_PAUSE_SECONDS, begin, pause_seconds, succeed


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def time(self) -> float:
        return self.at


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that the counters look at."""
    clock = Clock()
    monkeypatch.setattr("time.time", clock.time)
    monkeypatch.setattr(attempts, "_spare", MemoryStorage())
    return clock


def exhaust() -> int:
    for _ in range(ALLOWED):
        assert begin("door", "ada") == 0
    return begin("door", "ada")


def test_the_door_stays_shut_for_longer_each_time(clock: Clock) -> None:
    for pause in (60, 120, 240):
        assert exhaust() == pause
        clock.at += pause - 1
        assert begin("door", "ada") == 1
        clock.at += 2
    assert [pause_seconds(times) for times in (1, 2, 7, 100)] == [60, 120, 3600, 3600]


def test_others_are_not_shut_out(clock: Clock) -> None:
    exhaust()
    assert begin("door", "bela") == 0
    assert begin("window", "ada") == 0


def test_a_right_secret_is_forgotten(clock: Clock) -> None:
    for _ in range(3):
        for _ in range(ALLOWED):
            assert begin("door", "ada") == 0
        succeed("door", "ada")


def test_slow_tries_are_forgotten(clock: Clock) -> None:
    for _ in range(3):
        for _ in range(ALLOWED):
            assert begin("door", "ada") == 0
        clock.at += attempts.WINDOW_SECONDS + 1


def test_parallel_tries_do_not_slip_through(app: Flask) -> None:
    with ThreadPoolExecutor(20) as pool:
        waits = list(pool.map(lambda _: begin("door", "ada"), range(40)))
    assert waits.count(0) == ALLOWED


def test_a_try_that_looked_just_before_the_door_was_shut_waits_as_well() -> None:
    class LateLook(MemoryStorage):
        is_late = False

        def get(self, key: str) -> int:
            late, self.is_late = self.is_late, False
            return 0 if late else super().get(key)

    store = LateLook()
    store.incr("door:shut", FIRST_PAUSE_SECONDS)
    store.is_late = True
    assert attempts._begin(store, "door") > 0


def test_without_the_store_tries_are_counted_here(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        enabled = True

        @property
        def storage(self) -> MemoryStorage:
            raise ConnectionError

    monkeypatch.setattr(attempts, "limiter", Away())
    assert exhaust() == 60
