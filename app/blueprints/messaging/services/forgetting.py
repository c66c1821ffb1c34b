"""What is not kept for ever: notices, with the mail of each."""

from datetime import timedelta

from sqlalchemy import delete, select

from app.blueprints.messaging.models import Notification
from app.core import clock
from app.core.db import db

NOTICES_KEPT = timedelta(days=365)
# Nobody has an account there, so the address is only kept while the invitation may be asked about.
ADDRESSES_KEPT = timedelta(days=60)
MOST_FORGOTTEN = 20_000


def forget() -> None:
    """Delete old notices; so many at a time that nobody waits long."""
    addressed = Notification.user_id.is_(None) & (Notification.at < clock.db_time(-ADDRESSES_KEPT))
    old = (
        select(Notification.id)
        .where((Notification.at < clock.db_time(-NOTICES_KEPT)) | addressed)
        .order_by(Notification.id)
        .limit(MOST_FORGOTTEN)
    )
    db.session.execute(
        delete(Notification)
        .where(Notification.id.in_(old))
        .execution_options(synchronize_session=False)
    )
