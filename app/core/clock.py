"""What time it is: the application's clock, the database's clock, and a way to set both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Interval, func, literal, text, type_coerce

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
    """Return `plus` after the database's wall clock, as an expression to compare or to store."""
    from app.core.db.types import UtcDateTime

    known = known_now()
    if known:
        return literal(known + plus, UtcDateTime())
    return type_coerce(statement_time() + literal(plus, Interval()), UtcDateTime())


def known_now() -> datetime | None:
    """Return the database's wall clock where it is known here; None: the database must be asked.

    SQLite lives on this host, so its clock is ours; a clock that is held still is known, too.
    """
    from app.core.db.base import db

    frozen = _frozen.get()
    if frozen or db.engine.dialect.name == "sqlite":
        return frozen or datetime.now(UTC)
    return None


def statement_time() -> ColumnElement[datetime]:
    """Return the time at which a statement began on PostgreSQL, for statements made beforehand.

    An index can be searched by it.
    """
    from app.core.db.types import UtcDateTime

    return func.statement_timestamp(type_=UtcDateTime())


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Hold both clocks at `moment` (aware) within the block."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
