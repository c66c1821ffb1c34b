"""What time it is: the application's clock, the database's clock, and a way to set both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Interval, bindparam, func, literal, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """Return the current time in UTC by this process's clock."""
    return _frozen.get() or datetime.now(UTC)


def db_now() -> datetime:
    """Return the database's wall clock; read it after the lock that it must not precede.

    PostgreSQL's `now()` stays at the transaction's start, so a wait for a lock would make
    deadlines lenient.
    """
    from app.core.db.base import db  # here, since the base's mixins need this module first

    known = known_now()
    if known:
        return known
    # A look at the clock must not write a row that its caller has half filled in.
    with db.session.no_autoflush:
        moment: datetime = db.session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


def db_time(plus: timedelta = timedelta(0)) -> ColumnElement[datetime]:
    """Return `plus` after the database's wall clock, as an expression to compare or to store.

    It is read when a statement is sent, so statements that hold it can be made beforehand.
    """
    from app.core.db.types import UtcDateTime

    def known() -> datetime | None:
        moment = known_now()
        return moment + plus if moment else None

    begun: ColumnElement[Any] = func.statement_timestamp()
    return func.coalesce(
        bindparam("known_time", callable_=known, type_=UtcDateTime(), unique=True),
        begun + literal(plus, Interval()) if plus else begun,
        type_=UtcDateTime(),
    )


def known_now() -> datetime | None:
    """Return the database's wall clock where it is known here; None: the database must be asked.

    SQLite lives on this host, so its clock is ours; a clock that is held still is known, too.
    """
    from app.core.db.base import db

    frozen = _frozen.get()
    if frozen or db.engine.dialect.name == "sqlite":
        return frozen or datetime.now(UTC)
    return None


class _StatementTime(GenericFunction[datetime]):
    """The time at which a statement began; PostgreSQL can search an index by it."""

    name = "statement_timestamp"
    type = DateTime(timezone=True)
    inherit_cache = True


@compiles(_StatementTime, "sqlite")
def _unknown(*_args: Any, **_kwargs: Any) -> str:
    return "NULL"  # its clock is ours


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Hold both clocks at `moment` (aware) within the block."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
