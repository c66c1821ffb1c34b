"""How the tables are changed: on which connection, and how our own types are written."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, Literal

from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.exc import SAWarning

from app.core.db.base import db
from app.core.db.connections import may_write
from app.core.db.types import UtcDateTime

FOLDER = Path(__file__).resolve().parents[3] / "migrations"
# Any number does, as long as every process uses the same.
_ADVISORY_LOCK = 5_327_846


# Where the metadata keep the names of tables that are made beside them; FTS5 adds more to such a
# table, named after it.
OUTSIDE = "tables_outside"


class BrokenReferences(Exception):
    """A migration left rows that refer to rows that are not there; it was rolled back."""


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write UTC times as the plain type that lies under them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out, when comparing, the tables that the metadata do not describe."""
    outside: set[str] = db.metadata.info.get(OUTSIDE, set())
    return kind != "table" or not any((name or "").startswith(one) for one in outside)


@cache
def heads() -> set[str]:
    """Return the newest revisions that this code knows."""
    return set(ScriptDirectory(str(FOLDER)).get_heads())


@contextmanager
def connection() -> Iterator[Connection]:
    """Give a connection in one write transaction, to one process at a time.

    On SQLite foreign keys are off meanwhile: changing a table means replacing it, and with them
    on its children would be deleted along with the old one. They are checked before the commit.
    """
    gate = current_app.extensions["write_gate"]
    token = may_write.set(True)
    try:
        with (
            gate.held() if gate else nullcontext(),
            db.engine.connect() as opened,
            _foreign_keys_off(opened),
            opened.begin(),
            warnings.catch_warnings(),
        ):
            _one_at_a_time(opened)
            # Replacing a table reads those that it refers to; the index on lower(email), which
            # cannot be read, belongs to none that is replaced.
            warnings.filterwarnings("ignore", "Skipped unsupported reflection", SAWarning)
            yield opened
            _check_references(opened)
    finally:
        may_write.reset(token)


@contextmanager
def _foreign_keys_off(opened: Connection) -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    # Not through SQLAlchemy, which would begin a transaction, in which this has no effect.
    driver: Any = opened.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _one_at_a_time(opened: Connection) -> None:
    if db.engine.dialect.name == "postgresql":
        opened.exec_driver_sql("SET LOCAL statement_timeout = 0")
        opened.exec_driver_sql("SET LOCAL lock_timeout = 0")
        opened.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        opened.exec_driver_sql("SET LOCAL lock_timeout = '3s'")


def _check_references(opened: Connection) -> None:
    if db.engine.dialect.name == "sqlite":
        broken = opened.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise BrokenReferences(f"{len(broken)} rows, in {tables}")
