"""What people have read."""

from sqlalchemy import ColumnElement, update

from app.blueprints.messaging.models import Notification
from app.core import clock
from app.core.actor import Actor
from app.core.db import db


def mark_read(actor: Actor, *, notice_id: int) -> None:
    """Note that `actor` has read one of their notices; another's stays as it is."""
    _read(actor, Notification.id == notice_id)


def mark_all_read(actor: Actor, *, until: int) -> None:
    """Note that `actor` has read all of their notices up to number `until`, which they saw."""
    _read(actor, Notification.id <= until)


def _read(actor: Actor, which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Notification)
        .where(Notification.user_id == actor.id, Notification.read_at.is_(None), which)
        .values(read_at=clock.db_time())
        .execution_options(synchronize_session=False)
    )
