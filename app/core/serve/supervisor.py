"""Keeps a list of programs running until told to stop, then stops all of them and nothing else."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep
from types import FrameType

from app.core.serve.child import Child

LOOK_EVERY = 0.25
READY_WITHIN = 30.0
# Seconds after which stopping is asked for again, and then no longer asked for. An RQ worker takes
# the second request as leave to break off the job in hand (which is safe to run twice).
GRACE = ((signal.SIGTERM, 6.0), (signal.SIGTERM, 3.0), (signal.SIGKILL, 2.0))

Say = Callable[[str], None]


class CannotStart(Exception):
    """A program ended, or did not serve in time, at the first start. The text is for people."""


class Supervisor:
    """Starts programs in order, revives what dies, stops in the opposite order."""

    def __init__(self, children: Sequence[Child], say: Say) -> None:
        self._children = children
        self._say = say
        self._stop = Event()

    def run(self, when_ready: Callable[[], None]) -> None:
        """Block until SIGINT or SIGTERM. Raises CannotStart when the first start fails."""
        with self._signals():
            try:
                self._start()
                if not self._stop.is_set():
                    when_ready()
                while not self._stop.wait(LOOK_EVERY):
                    self._revive()
            finally:
                self._stop_all()

    def _start(self) -> None:
        for child in self._children:
            child.start()
            self._await(child)

    def _await(self, child: Child) -> None:
        give_up_at = monotonic() + READY_WITHIN
        while not self._stop.is_set() and not child.is_ready():
            if child.exit_code() is not None:
                raise CannotStart(f"The {child.name} could not start; its own words are above.")
            if monotonic() > give_up_at:
                raise CannotStart(f"The {child.name} did not answer in {READY_WITHIN:.0f} seconds.")
            self._stop.wait(0.05)

    def _revive(self) -> None:
        for child in self._children:
            code = child.exit_code()
            delay = child.revive()
            if delay is not None:
                self._say(f"The {child.name} ended ({code}); starting it again in {delay:.0f} s.")

    def _stop_all(self) -> None:
        running = [child for child in self._children if child.exit_code() is None]
        for number, seconds in GRACE:
            for child in reversed(running):
                child.send(number)
            running = _still_running(running, seconds)
        for child in self._children:
            child.send(signal.SIGKILL)  # whatever a program left behind in its group

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(_number: int, _frame: FrameType | None) -> None:
            self._stop.set()

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _still_running(children: Sequence[Child], seconds: float) -> list[Child]:
    """Wait up to that long for all of them to end; the ones that did not."""
    deadline = monotonic() + seconds
    left = list(children)
    while left and monotonic() < deadline:
        left = [child for child in left if child.exit_code() is None]
        if left:
            sleep(0.02)
    return left
