"""One writer at a time on this host, in front of SQLite's own lock.

SQLite answers a busy write lock by polling with growing sleeps, which is unfair and slow; a
lock file queues the writers of all processes before they get there.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.core.errors import Busy

PATIENCE_SECONDS = 5.0
_POLL_SECONDS = 0.001


class WriteGate:
    """A lock between threads, then a lock file between processes."""

    def __init__(self, path: str) -> None:
        """Stand at `path`, which is made if it is not there."""
        self.path = path
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
            while not _locked(descriptor):
                if time.monotonic() > deadline:
                    raise Busy
                time.sleep(_POLL_SECONDS)
            yield
        finally:
            os.close(descriptor)  # which also lets go of the lock


def _locked(descriptor: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
