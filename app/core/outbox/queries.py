"""What the relay and the back office ask of the outbox."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.outbox.models import IS_DEAD, IS_OPEN, OutboxEntry
from app.core.pagination import Page, paginate


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose time has come."""

    id: int
    queue: str
    handler: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries are waiting (failing ones among them), failing and dead."""

    waiting: int
    failing: int
    dead: int


def list_due(queues: list[str], limit: int) -> list[Due]:
    """Return what is due in `queues`, the longest waiting first."""
    statement = (
        select(OutboxEntry.id, OutboxEntry.queue, OutboxEntry.handler)
        .where(IS_OPEN, OutboxEntry.due_at <= clock.db_time(), OutboxEntry.queue.in_(queues))
        .order_by(OutboxEntry.due_at)
        .limit(limit)
    )
    return [Due(*row) for row in db.session.execute(statement)]


def list_dead(number: int) -> Page[OutboxEntry]:
    """Return page `number` of the dead letters, the latest first."""
    return paginate(select(OutboxEntry).where(IS_DEAD).order_by(OutboxEntry.dead_at.desc()), number)


def list_recent(number: int) -> Page[OutboxEntry]:
    """Return page `number` of all entries, the latest first."""
    return paginate(select(OutboxEntry).order_by(OutboxEntry.id.desc()), number)


def count_states() -> Counts:
    """Return how many entries are not done, in one statement over the open and dead ones."""
    failing = func.count().filter(IS_OPEN, OutboxEntry.last_error != "")
    statement = select(func.count().filter(IS_OPEN), failing, func.count().filter(IS_DEAD)).where(
        OutboxEntry.done_at.is_(None)
    )
    return Counts(*db.session.execute(statement).one())
