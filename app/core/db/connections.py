"""How each connection and each transaction begins, on SQLite and on PostgreSQL."""

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# True while the current context is inside `writing()`: transactions begun then may write.
may_write: ContextVar[bool] = ContextVar("may_write", default=False)

CONNECT_SECONDS = 2
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
        options["connect_args"] = {"options": limits, "connect_timeout": CONNECT_SECONDS}
        options["pool_pre_ping"] = True
    return options


def attach(engine: Engine) -> None:
    """Make every transaction on `engine` read-only unless it is begun inside `writing()`."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
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
    if connection.info.get("writes") is not writes:
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # psycopg sends its BEGIN with the first statement, so this costs no round trip.
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = not may_write.get()
