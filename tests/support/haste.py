"""Nothing slow happens inside a write transaction: on SQLite everybody waits at its gate."""

import functools
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from bleach.sanitizer import Cleaner
from PIL import Image
from pygments.lexer import Lexer

from app.core.db.connections import may_write
from app.core.storage.local import LocalStorage

# Cleaning, drawing, hashing, pictures, files, the network.
SLOW: list[tuple[Any, str]] = [
    (Cleaner, "clean"),
    (Lexer, "get_tokens"),
    (PasswordHasher, "hash"),
    (PasswordHasher, "verify"),
    (Image, "open"),
    (LocalStorage, "staged"),
    (LocalStorage, "open"),
    (socket.socket, "connect"),
]


@pytest.fixture(scope="session", autouse=True)
def nothing_slow_while_writing() -> Iterator[None]:
    """Fail whatever does one of these within `writing()`."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in SLOW:
            patch.setattr(owner, name, _refusing(getattr(owner, name)))
        yield


def _refusing(work: Any) -> Any:
    @functools.wraps(work)
    def checked(*args: Any, **kwargs: Any) -> Any:
        assert not may_write.get(), f"{work.__qualname__} inside writing()"
        return work(*args, **kwargs)

    return checked
