"""One program under supervision: how it is started, watched, started again, and stopped."""

import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from app.core.serve.fork import Forked

LONGEST_DELAY = 30.0
SETTLED_AFTER = 60.0


class Process(Protocol):
    """What we need to know of a running program, which leads a session of its own."""

    pid: int

    def poll(self) -> int | None:
        """The exit code; None while it runs."""


@dataclass(frozen=True)
class Program:
    """What to run. `ready` tells whether it serves yet; without it, it counts as ready at once."""

    name: str
    launch: Callable[[], Process]
    ready: Callable[[], bool] | None = None


def executed(*argv: str) -> Callable[[], Process]:
    """Launch another program. In a session of its own: Ctrl-C reaches it through us only."""
    return lambda: subprocess.Popen(  # noqa: S603 (the supervisor's own programs)
        argv, stdin=subprocess.DEVNULL, start_new_session=True
    )


def forked(work: Callable[[], None]) -> Callable[[], Process]:
    """Launch a part of this program."""
    return lambda: Forked(work)


class Child:
    """A program and what became of it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: Process | None = None
        self._started_at = 0.0
        self._failures = 0
        self._start_again_at: float | None = None

    @property
    def name(self) -> str:
        return self.program.name

    def start(self) -> None:
        self._start_again_at = None
        self._started_at = monotonic()
        self._process = self.program.launch()

    def exit_code(self) -> int | None:
        """None while it runs or was never started."""
        return self._process.poll() if self._process else None

    def is_ready(self) -> bool:
        return self.program.ready is None or self.program.ready()

    def revive(self) -> float | None:
        """Start again what has died; the delay in seconds when it is newly found dead."""
        if self.exit_code() is None:
            return None
        now = monotonic()
        if self._start_again_at is None:
            delay = self._next_delay(now - self._started_at)
            self._start_again_at = now + delay
            return delay
        if now >= self._start_again_at:
            self.start()
        return None

    def send(self, number: signal.Signals) -> None:
        """Signal the program and everything in its process group."""
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return

    def _next_delay(self, lived: float) -> float:
        if lived > SETTLED_AFTER:
            self._failures = 0
        self._failures += 1
        return min(2.0 ** (self._failures - 1), LONGEST_DELAY)
