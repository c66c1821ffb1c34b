"""One program under supervision: how it is started, watched, started again, and stopped."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

LONGEST_DELAY = 30.0
SETTLED_AFTER = 60.0


@dataclass(frozen=True)
class Program:
    """What to run. `ready` tells whether it serves yet; without it, it counts as ready at once."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] | None = None


class Child:
    """A running program in a session of its own, so that Ctrl-C reaches it through us only."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._failures = 0
        self._start_again_at: float | None = None

    @property
    def name(self) -> str:
        return self.program.name

    def start(self) -> None:
        self._start_again_at = None
        self._started_at = monotonic()
        self._process = subprocess.Popen(  # noqa: S603 (the supervisor's own programs)
            self.program.argv,
            cwd=self._folder,
            env={**os.environ, **self.program.env},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

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
