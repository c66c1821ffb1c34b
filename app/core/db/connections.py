"""How each connection and each transaction begins, on SQLite and on PostgreSQL."""

import time
from contextvars import ContextVar
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# True while the current context is inside `writing()`: transactions begun then may write.
may_write: ContextVar[bool] = ContextVar("may_write", default=False)

CONNECT_SECONDS = 2
# A connection that was in use so short a while ago is there still, or else its request fails.
FRESH_SECONDS = 1.0
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
)


def engine_options(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return SQLAlchemy's options for `url`, with a pool as large as the threads that use it."""
    options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 5, "pool_timeout": 5}
    options["hide_parameters"] = True  # an error's text goes into logs; people's data must not
    if url.startswith("postgresql"):
        limits = "-c lock_timeout=3000 -c statement_timeout=5000 -c timezone=UTC"
        reads = "-c default_transaction_read_only=on"
        options["connect_args"] = {
            "options": f"{limits} {reads}",
            "connect_timeout": CONNECT_SECONDS,
        }
        # Those used last are fresh, and have the statements prepared that are sent most.
        options["pool_use_lifo"] = True
    return options


def attach(engine: Engine) -> None:
    """Make every transaction on `engine` read-only unless it is begun inside `writing()`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_refuse_dead, engine.dialect))
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin late and deferred, which oversells; we begin them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = may_write.get()
    driver: Any = connection.connection.dbapi_connection  # where nothing can fail, it is enough
    if connection.info.get("writes") is not writes:
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        driver.execute("BEGIN")


def _note_use(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["used_at"] = time.monotonic()


def _refuse_dead(
    dialect: Dialect,
    connection: DBAPIConnection,
    entry: ConnectionPoolEntry,
    _proxy: PoolProxiedConnection,
) -> None:
    """Ask a connection that has been idle whether it is there still; if not, forget all of them.

    SQLAlchemy's own `pool_pre_ping` asks at each transaction, three times in a request that writes.
    """
    now = time.monotonic()
    if now - entry.info.get("used_at", now) < FRESH_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as gone:
        raise InvalidatePoolError from gone


def _begin_postgresql(connection: Connection) -> None:
    # What reads is no transaction to the server, which refuses to write outside of one: each
    # statement sees what is committed by then in either case, and two round trips are saved.
    driver: Any = connection.connection.dbapi_connection
    writes = may_write.get()
    driver.autocommit = not writes
    driver.read_only = not writes
