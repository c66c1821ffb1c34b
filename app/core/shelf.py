"""What is the same for everybody who may see it, kept in this process's memory.

A key names the very state that is kept: a version that never changes, or a stamp of the data that
is read anew for each request. Nothing that is somebody's own is kept.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from app.core.db.connections import may_write

T = TypeVar("T")


class Shelf(Generic[T]):
    """The things that were asked for last, at most `most`."""

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self._most = most
        self._lock = Lock()
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        _all.append(self)

    def find(self, key: Hashable) -> T | None:
        """Return what is kept under `key`, if it is still here."""
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def keep(self, key: Hashable, thing: T) -> None:
        """Keep `thing`, and let the one go that was asked for longest ago."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def fetch(
        self, key: Hashable, read: Callable[[], T], *, still: Callable[[], bool] = lambda: True
    ) -> T:
        """Return what is kept under `key`, or what `read` gives, which is then kept.

        What is read while writing is not: it may yet be taken back. Nor is what is no longer
        what the key says when it has been read, which `still` tells.
        """
        found = self.find(key)
        if found is None:
            found = read()
            if not may_write.get() and still():
                self.keep(key, found)
        return found

    def clear(self) -> None:
        """Let all go."""
        with self._lock:
            self._things.clear()

    def __len__(self) -> int:
        """Return how many things are here."""
        return len(self._things)


_all: list[Shelf[Any]] = []


def digest(state: str) -> str:
    """Return what stands for a long text in a key."""
    return hashlib.blake2b(state.encode(), digest_size=16).hexdigest()


def clear_all() -> None:
    """Empty every shelf, for a process that is given another database."""
    for shelf in _all:
        shelf.clear()
