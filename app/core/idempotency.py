"""Forms that create, sent twice, act once and answer the same."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.actor import Actor
from app.core.db import BigId, Model, db
from app.core.periodic import every

KEPT = timedelta(days=7)
LONGEST_KEY = 64


class IdempotencyKey(Model):
    """The answer to a command that was carried out; another payload is another command."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("actor_id", "key", "fingerprint"),)

    actor_id: Mapped[int] = mapped_column(BigId)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[Any] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


def new_key() -> str:
    """Return a key for a form that is being drawn."""
    return secrets.token_urlsafe(16)


def once(actor: Actor, key: str, payload: Any, command: Callable[[], Any]) -> Any:
    """Run `command` unless this actor sent the same key and payload before; return its answer.

    The answer must be plain JSON. Two at once: the unique constraint lets one commit, and the
    other is answered as busy and finds the answer on its next try.
    """
    fingerprint = _fingerprint(payload)
    key = key[:LONGEST_KEY] or new_key()
    found = db.session.execute(
        select(IdempotencyKey).filter_by(actor_id=actor.id, key=key, fingerprint=fingerprint)
    ).scalar_one_or_none()
    if found:
        return found.answer
    answer = command()
    db.session.add(
        IdempotencyKey(actor_id=actor.id, key=key, fingerprint=fingerprint, answer=answer)
    )
    return answer


@every(hours=24, name="core.sweep_idempotency")
def sweep() -> None:
    """Forget answers older than a week."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))


def _fingerprint(payload: Any) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
