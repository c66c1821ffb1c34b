"""Runs one outbox entry: a lease first, then the handler and its mark in one transaction."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, select, update

from app.core import clock
from app.core.db import db, writing
from app.core.events import handler_named, lease_of, running
from app.core.outbox.models import IS_OPEN, OutboxEntry

# Where a handler prepares nothing, it only has to last from taking the lease until the handler's
# transaction has locked the row (PostgreSQL) or holds the gate (SQLite, at most 5 s); from then on
# nobody else gets at it.
LEASE = timedelta(seconds=10)
# The pause after each failure but the last.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300))
TRIES = len(PAUSES) + 1
LONGEST_ERROR = 2_000
WORKER_DIED = "The worker died each time it ran this."

_log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Somebody else took the entry over, or has done it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one entry, for a while."""

    entry_id: int
    event_id: str
    token: str
    handler: str
    payload: dict[str, Any]
    attempt: int

    @property
    def row(self) -> ColumnElement[bool]:
        """Return the condition that finds the entry while this lease is good."""
        return (OutboxEntry.id == self.entry_id) & (OutboxEntry.lease_token == self.token) & IS_OPEN


def run_job(entry_id: int) -> None:
    """Run the entry in a worker's process; the command that started the worker made the app."""
    with current_app.app_context():
        run_entry(entry_id)


def run_entry(entry_id: int) -> bool:
    """Run the entry unless it is closed or somebody else's; return whether it was done here."""
    lease = _take_lease(entry_id)
    if lease is None:
        return False
    try:
        with running(lease.event_id):
            _carry_out(lease)
    except LeaseLost:
        _log.warning("outbox_lease_lost", entry=entry_id, handler=lease.handler)
        return False
    except Exception as error:
        _log.exception(
            "outbox_failed", entry=entry_id, handler=lease.handler, attempt=lease.attempt
        )
        _note_failure(lease, error)
        return False
    return True


def _take_lease(entry_id: int) -> Lease | None:
    with writing():
        entry = db.session.execute(_free(entry_id)).scalar_one_or_none()
        if entry is None:
            return None
        if entry.attempts >= TRIES:
            entry.dead_at, entry.last_error = clock.db_now(), entry.last_error or WORKER_DIED
            return None
        entry.attempts += 1
        entry.lease_token = secrets.token_hex(16)
        entry.leased_until = entry.due_at = clock.db_now() + (lease_of(entry.handler) or LEASE)
        return Lease(
            entry.id,
            entry.event_id,
            entry.lease_token,
            entry.handler,
            entry.payload,
            entry.attempts,
        )


def _free(entry_id: int) -> Any:
    unleased = OutboxEntry.leased_until.is_(None) | (OutboxEntry.leased_until <= clock.db_time())
    statement = select(OutboxEntry).where(OutboxEntry.id == entry_id, IS_OPEN, unleased)
    return statement.with_for_update(skip_locked=True)


def _carry_out(lease: Lease) -> None:
    handler = handler_named(lease.handler)
    prepared = handler.begin(lease.payload)
    # The mark comes first, since it locks the row: effect and mark are committed together.
    with writing():
        done = update(OutboxEntry).where(lease.row).values(done_at=clock.db_time(), last_error="")
        if db.session.execute(done.returning(OutboxEntry.id)).scalar() is None:
            raise LeaseLost
        handler.run(lease.payload, prepared)


def _note_failure(lease: Lease, error: Exception) -> None:
    text = _told(error)
    with writing():
        failed = update(OutboxEntry).where(lease.row).values(last_error=text, lease_token=None)
        if lease.attempt >= TRIES:
            db.session.execute(failed.values(dead_at=clock.db_time(), leased_until=None))
            return
        # The pause is a lease that nobody holds: a job that was sent twice cannot cut it short.
        again = clock.db_time(PAUSES[lease.attempt - 1])
        db.session.execute(failed.values(due_at=again, leased_until=again))


def _told(error: Exception) -> str:
    """Return the first line only: databases and validators quote people's data in the others."""
    lines = str(getattr(error, "orig", error)).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"[:LONGEST_ERROR]
