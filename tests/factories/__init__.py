"""Rows for tests, written directly and fast: what a test needs, in one line.

Each function may be called inside `writing()` or outside it; outside, it commits by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.db import writing
from app.core.db.connections import may_write


@contextmanager
def saving() -> Iterator[None]:
    """Write in the transaction that is open, or in one of its own."""
    if may_write.get():
        yield
        return
    with writing():
        yield
