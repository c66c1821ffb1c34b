"""Reading columns for pages, without the objects of a session, and much in few statements."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Executable, Result

from app.core.db.base import db
from app.core.db.connections import may_write

V = TypeVar("V")
# Databases take only so many values in one statement.
_AT_ONCE = 1_000


def read(
    statement: Executable, values: Mapping[str, Any] | None = None
) -> Result[*tuple[Any, ...]]:
    """Return what a statement of columns gives; it takes half of what the session would.

    While writing, the session is asked, since it first sends what is pending.
    """
    if may_write.get():
        return db.session.execute(statement, values)
    return db.session.connection().execute(statement, values)


def parts_of(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """Give the values in parts that one statement takes."""
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]
