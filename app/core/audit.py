"""The audit trail: who did what to what, when; rows are only ever added."""

from datetime import datetime
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.actor import Actor
from app.core.db import BigId, Model, db


class AuditEvent(Model):
    """One act; the actor is a plain number, since core knows no users (0: Lectern itself)."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "object_type", "object_id"),)

    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    actor_id: Mapped[int] = mapped_column(BigId, index=True)
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(80), index=True)
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    address: Mapped[str] = mapped_column(String(45), default="")


def record(
    actor: Actor, action: str, object_type: str, object_id: int | str, **detail: Any
) -> None:
    """Add the act to the trail in the current transaction; no secrets in `detail`."""
    address = (request.remote_addr or "") if has_request_context() else ""
    db.session.add(
        AuditEvent(
            actor_id=actor.id,
            actor_name=actor.display_name,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            detail=detail,
            address=address,
        )
    )
