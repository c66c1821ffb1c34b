"""The loop that moves the outbox on, four times a second; it is the reconciler as well.

An entry that was sent, leased or has failed has a later `due_at`; whatever became of the process
that had it, the entry is due again then. An idle round is one indexed query.
"""

import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from flask import Flask
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from app.core import periodic
from app.core.errors import Busy
from app.core.outbox import queries
from app.core.outbox.heartbeat import Heart
from app.core.outbox.runners import Runner

ROUND_SECONDS = 0.25
TROUBLE_SECONDS = 1.0
SCHEDULE_SECONDS = 30.0
BATCH = 50
TROUBLES = (SQLAlchemyError, RedisError, Busy)

_log = structlog.get_logger(__name__)


def _never() -> bool:
    return False


def drain(runner: Runner) -> int:
    """Have everything run that is due now and that follows from it; return how many."""
    total = 0
    while taken := _pass_on(runner, _never):
        total += taken
    return total


class Relay:
    """Passes what is due to `runner` until it is told to stop."""

    def __init__(self, app: Flask, runner: Runner, kind: str) -> None:
        """Work for `app` and show up among the workers as `kind`."""
        self._app, self._runner, self._heart = app, runner, Heart(kind)
        self._is_stopping = False
        self._next_schedule = 0.0

    def stop(self, *_signal: object) -> None:
        """Finish the present entry, then leave `run()`; a handler for signals."""
        # A plain flag: an Event's lock could be held by the very code that the signal interrupts.
        self._is_stopping = True

    def run(self) -> None:
        """Go round until stopped."""
        while not self._is_stopping:
            time.sleep(self._round())
        with self._app.app_context(), suppress(*TROUBLES):
            self._heart.stop()

    def _round(self) -> float:
        """Do what is to be done now; return the pause until the next round, in seconds."""
        try:
            with self._app.app_context():
                self._heart.beat()
                self._schedule()
                return 0 if _pass_on(self._runner, self._stopping) else ROUND_SECONDS
        except TROUBLES as error:
            _log.warning("relay_trouble", error=f"{type(error).__name__}: {error}")
            return TROUBLE_SECONDS

    def _schedule(self) -> None:
        if time.monotonic() >= self._next_schedule:
            periodic.begin_due()
            self._next_schedule = time.monotonic() + SCHEDULE_SECONDS

    def _stopping(self) -> bool:
        return self._is_stopping


def _pass_on(runner: Runner, is_stopping: Callable[[], bool]) -> int:
    due = queries.list_due(runner.open_queues(), BATCH)
    return runner.send(due, is_stopping) if due else 0
