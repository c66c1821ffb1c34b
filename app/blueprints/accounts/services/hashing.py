"""Argon2id, one at a time in each process, behind whatever serves pages: outside `writing()`.

A hash takes 19 MiB and about 40 ms of one core (OWASP's parameters). When a class logs in at one
moment, the hashes wait for one another in a thread of lower priority, and a few of a process's
threads are kept free for everybody else's pages.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.blueprints.accounts.rules.passwords import LONGEST, normalised
from app.core.db import db
from app.core.db.connections import may_write
from app.core.errors import Busy

# Of a process's threads (sixteen, unless WEB_THREADS says otherwise) some must be left for pages.
MOST_WAITING = 12
NICENESS = 2
T = TypeVar("T")

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_places = BoundedSemaphore(MOST_WAITING)


def hash_password(password: str) -> str:
    """Return the hash to keep; raises `Busy` when too many wait."""
    return _in_turn(lambda: _hasher.hash(normalised(password)))


def verify(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the hashed one; as slow when there is no hash to compare."""
    return _in_turn(lambda: _verify(password_hash, password))


def is_outdated(password_hash: str) -> bool:
    """Tell whether today's parameters are stronger than the ones of this hash."""
    return _hasher.check_needs_rehash(password_hash)


def _verify(password_hash: str | None, password: str) -> bool:
    decoy = _decoy()  # in any case, so that its making does not tell the first time
    try:
        _hasher.verify(password_hash or decoy, normalised(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _in_turn(work: Callable[[], T]) -> T:
    """Return what `work` returns, when its turn has come; raises `Busy` when too many wait."""
    if may_write.get():
        raise RuntimeError("passwords are hashed outside writing()")
    db.session.close()  # no connection is held while others' hashes are waited for
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        return _hashing_thread().submit(work).result()
    finally:
        _places.release()


@cache
def _hashing_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "hashing", initializer=_step_back)


def _step_back() -> None:
    """Let this thread go behind those that serve pages: Linux has a priority for each thread."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


# A forked process has the parent's executor, and not its thread.
os.register_at_fork(after_in_child=_hashing_thread.cache_clear)


@cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
