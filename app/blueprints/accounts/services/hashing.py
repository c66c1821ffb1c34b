"""Argon2id, a bounded number at a time: always outside `writing()`.

A hash takes 19 MiB and about 40 ms of one core (OWASP's parameters); two at once in a process
leave room for everybody else's pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.blueprints.accounts.rules.passwords import LONGEST, normalised
from app.core.db import db
from app.core.db.connections import may_write
from app.core.errors import Busy

AT_ONCE = 2
PATIENCE_SECONDS = 30

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turns = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Return the hash to keep; raises `Busy` when too many wait."""
    with _turn():
        return _hasher.hash(normalised(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the hashed one; as slow when there is no hash to compare."""
    with _turn():
        decoy = _decoy()  # in any case, so that its making does not tell the first time
        try:
            _hasher.verify(password_hash or decoy, normalised(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether today's parameters are stronger than the ones of this hash."""
    return _hasher.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if may_write.get():
        raise RuntimeError("passwords are hashed outside writing()")
    db.session.close()  # no connection is held while others' hashes are waited for
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


@cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
