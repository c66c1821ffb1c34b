"""Forms that create, sent twice, act once and answer the same."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.actor import Actor
from app.core.db import BigId, Model, db
from app.core.db.dialects import insert_for
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

    The answer must be plain JSON. Two at once: the row is claimed first, so the second waits for
    the first's commit and returns its answer.
    """
    ours = {
        "actor_id": actor.id,
        "key": key[:LONGEST_KEY] or new_key(),
        "fingerprint": _fingerprint(payload),
    }
    claim = insert_for(IdempotencyKey).values(**ours, answer=None).on_conflict_do_nothing()
    claimed = db.session.execute(claim.returning(IdempotencyKey.id)).scalar()
    if claimed is None:
        found = select(IdempotencyKey.answer).filter_by(**ours)
        return db.session.execute(found).scalar_one()
    answer = command()
    keep = update(IdempotencyKey).where(IdempotencyKey.id == claimed).values(answer=answer)
    db.session.execute(keep)
    return answer


@every(hours=24, name="core.sweep_idempotency")
def sweep() -> None:
    """Forget answers older than a week."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))


def _fingerprint(payload: Any) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
