"""One writer at a time on this host, in front of SQLite's own lock.

SQLite answers a busy write lock by polling with growing sleeps, which is unfair and slow; a
lock file queues the writers of all processes before they get there. Whoever leaves rings a bell
(a named pipe) for those who wait in other processes: looking again and again, a thousand times a
second, took more of the processor than the writing.
"""

import fcntl
import os
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.core.errors import Busy

PATIENCE_SECONDS = 5.0
# How soon one looks again who was not told: whoever held the gate may have been killed.
_UNHEARD_SECONDS = 0.05


class WriteGate:
    """A lock between threads, then a lock file between processes."""

    def __init__(self, path: str) -> None:
        """Stand at `path`, which is made if it is not there."""
        self.path, self._bell = path, f"{path}.bell"
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the gate; raise `Busy` after five seconds of waiting."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        if not self._threads.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            with self._between_processes(deadline):
                yield
        finally:
            self._threads.release()

    @contextmanager
    def _between_processes(self, deadline: float) -> Iterator[None]:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if not _locked(descriptor):
                self._wait(descriptor, deadline)
            yield
        finally:
            os.close(descriptor)  # which also lets go of the lock
            self._ring()

    def _wait(self, descriptor: int, deadline: float) -> None:
        with suppress(OSError):  # it is there already, or this file system has no pipes
            os.mkfifo(self._bell, 0o600)
        # For writing, too: a pipe that nobody writes to any more would never be silent.
        with self._bell_opened(os.O_RDWR) as bell:
            listening = select.poll()  # to nothing where there is no bell, which is to sleep
            if bell is not None:
                listening.register(bell, select.POLLIN)
            while not _locked(descriptor):
                if time.monotonic() > deadline:
                    raise Busy
                if listening.poll(_UNHEARD_SECONDS * 1000) and bell is not None:
                    with suppress(BlockingIOError):
                        os.read(bell, 1)

    def _ring(self) -> None:
        """Wake those who wait in other processes; where nobody does, there is nobody to hear it."""
        with self._bell_opened(os.O_WRONLY) as bell:
            if bell is not None:
                with suppress(BlockingIOError, BrokenPipeError):
                    os.write(bell, b".")

    @contextmanager
    def _bell_opened(self, mode: int) -> Iterator[int | None]:
        """Open the bell; None where there is none, or nobody who listens to it."""
        try:
            bell = os.open(self._bell, mode | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            yield None
            return
        try:
            yield bell
        finally:
            os.close(bell)


def _locked(descriptor: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
