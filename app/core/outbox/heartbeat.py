"""Signs of life of the processes that move the outbox on, and how old the latest is."""

import os
import socket
import time
from datetime import datetime, timedelta

from sqlalchemy import String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, db, writing

BEAT_SECONDS = 5.0
FRESH = timedelta(seconds=30)
FORGOTTEN = timedelta(hours=1)


class WorkerHeartbeat(Model):
    """When a relay or a local worker was last seen."""

    __tablename__ = "worker_heartbeats"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(16))
    host: Mapped[str] = mapped_column(String(120))
    pid: Mapped[int]
    at: Mapped[datetime]


class Heart:
    """Beats for this process, at most once in five seconds."""

    def __init__(self, kind: str) -> None:
        """Beat as a `relay` or a `local` worker."""
        self._kind, self._host, self._pid = kind, socket.gethostname()[:120], os.getpid()
        self._name = f"{kind}:{self._host}:{self._pid}"
        self._next = 0.0

    def beat(self) -> None:
        """Write that this process lives, if it is time to."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BEAT_SECONDS
        with writing():
            now = clock.db_now()
            row = db.session.execute(select(WorkerHeartbeat).filter_by(name=self._name)).scalar()
            if row is None:
                row = self._first(now)
            row.at = now

    def stop(self) -> None:
        """Take this process's sign away."""
        with writing():
            db.session.execute(delete(WorkerHeartbeat).filter_by(name=self._name))

    def _first(self, now: datetime) -> WorkerHeartbeat:
        db.session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.at < now - FORGOTTEN))
        row = WorkerHeartbeat(name=self._name, kind=self._kind, host=self._host, pid=self._pid)
        db.session.add(row)
        return row


def silence() -> timedelta | None:
    """Return how long ago the latest sign of life was; None when there is none at all."""
    latest = db.session.execute(select(func.max(WorkerHeartbeat.at))).scalar()
    return max(clock.db_now() - latest, timedelta(0)) if latest else None
