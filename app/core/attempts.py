"""Tries at guessing a secret, counted in the rate-limit store: too many shut the door for a while.

Every try is counted before the secret is looked at, so that parallel tries cannot slip through,
and forgotten when it was right.
"""

import hashlib
import time
from collections.abc import Callable

import structlog
from limits.storage import MemoryStorage, Storage

from app.core.limits import limiter

ALLOWED = 5
WINDOW_SECONDS = 15 * 60
FIRST_PAUSE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 60 * 60
MEMORY_SECONDS = 24 * 60 * 60

_log = structlog.get_logger(__name__)
# For the while in which the store cannot be reached: never leave the door unwatched.
_spare = MemoryStorage()


def begin(*what: str) -> int:
    """Count a try at the secret that `what` names; return the seconds to wait, 0 to go ahead."""
    name = _name(*what)
    return _safely(lambda store: _begin(store, name))


def succeed(*what: str) -> None:
    """Forget the tries at what turned out to be known."""
    name = _name(*what)
    _safely(lambda store: _forget(store, name))


def _begin(store: Storage, name: str) -> int:
    if store.get(f"{name}:shut"):
        return _seconds_left(store, name)
    if store.incr(f"{name}:tries", WINDOW_SECONDS) <= ALLOWED:
        # Since we looked, another try may have shut the door and begun the count anew.
        return _seconds_left(store, name) if store.get(f"{name}:shut") else 0
    times = store.incr(f"{name}:times", MEMORY_SECONDS)
    store.incr(f"{name}:shut", pause_seconds(times))
    store.clear(f"{name}:tries")
    return _seconds_left(store, name)


def pause_seconds(times: int) -> int:
    """Return how long the door stays shut when it is shut for the `times`-th time in a day."""
    return int(min(FIRST_PAUSE_SECONDS * 2 ** min(times - 1, 20), LONGEST_PAUSE_SECONDS))


def _seconds_left(store: Storage, name: str) -> int:
    return max(1, int(store.get_expiry(f"{name}:shut") - time.time()))


def _forget(store: Storage, name: str) -> int:
    for part in ("tries", "times"):
        store.clear(f"{name}:{part}")
    return 0


def _safely(count: Callable[[Storage], int]) -> int:
    if not limiter.enabled:
        return 0
    try:
        return count(limiter.storage)
    except Exception as error:  # each kind of store has its own
        _log.warning("attempt_store_unavailable", error=str(error))
        return count(_spare)


def _name(*what: str) -> str:
    """Return a short key that holds neither addresses nor anything else that was typed."""
    return "attempts:" + hashlib.sha256("\n".join(what).encode()).hexdigest()[:32]
