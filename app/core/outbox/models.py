"""The table of things to be done: one row for each event and each handler of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

TOKEN_LENGTH = 32


class OutboxEntry(Model):
    """One handler's share of one event; all times are the database's.

    `due_at` is when it is to be looked at next: at once, after a failure's pause, half a minute
    after it was sent to a queue, or when the lease of whoever runs it has passed.
    """

    __tablename__ = "outbox_entries"
    __table_args__ = (UniqueConstraint("event_id", "handler"),)

    event_id: Mapped[str] = mapped_column(String(TOKEN_LENGTH))
    event_name: Mapped[str] = mapped_column(String(80))
    handler: Mapped[str] = mapped_column(String(120))
    payload: Mapped[dict[str, Any]]
    queue: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    lease_token: Mapped[str | None] = mapped_column(String(TOKEN_LENGTH), default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    dead_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    @property
    def state(self) -> str:
        """Return `done`, `dead`, `failing` (to be tried again) or `waiting`."""
        if self.done_at:
            return "done"
        if self.dead_at:
            return "dead"
        return "failing" if self.last_error else "waiting"


IS_OPEN = OutboxEntry.done_at.is_(None) & OutboxEntry.dead_at.is_(None)
IS_DEAD = OutboxEntry.dead_at.is_not(None)

# Done rows are by far the most; neither index holds them.
Index("ix_outbox_entries_due", OutboxEntry.due_at, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("ix_outbox_entries_dead", OutboxEntry.dead_at, sqlite_where=IS_DEAD, postgresql_where=IS_DEAD)
