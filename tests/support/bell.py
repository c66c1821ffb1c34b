"""An event that the runtime's tests record, and handlers whose effect is an audit row."""

import time
from dataclasses import dataclass

from sqlalchemy import select

from app.core import audit
from app.core.actor import SYSTEM
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.errors import Conflict
from app.core.events import Event, on, record

RANG = "bell.rang"


@dataclass(frozen=True, slots=True)
class BellRang(Event):
    """A bell was rung; its handler takes `seconds` and fails if it is told to."""

    number: int
    seconds: float = 0
    fails: bool = False


@on(BellRang)
def hear(event: BellRang) -> None:
    audit.record(SYSTEM, RANG, "bell", event.number)
    db.session.flush()
    time.sleep(event.seconds)
    if event.fails:
        raise Conflict("The bell is cracked.")


def ring(*events: BellRang) -> None:
    """Record the events, in one transaction."""
    with writing():
        for event in events:
            record(event)


def heard() -> list[int]:
    """Return the numbers of the bells whose effect there is, in order; twice if it is twice."""
    db.session.rollback()
    statement = select(AuditEvent.object_id).where(AuditEvent.action == RANG)
    return sorted(int(number) for number in db.session.execute(statement).scalars())
