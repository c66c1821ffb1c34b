"""What people want mail of."""

from collections.abc import Collection

from sqlalchemy import delete

from app.blueprints.messaging.models import MailMute
from app.blueprints.messaging.rules.kind import Topic
from app.core.actor import Actor
from app.core.db import db
from app.core.db.locks import lock_name


def choose_mail(actor: Actor, *, topics: Collection[str]) -> None:
    """Let `actor` get mail of these topics and of no others; said twice at once, once each."""
    lock_name(f"mail-choices:{actor.id}")
    db.session.execute(delete(MailMute).where(MailMute.user_id == actor.id))
    db.session.add_all(
        MailMute(user_id=actor.id, topic=topic) for topic in Topic if topic not in topics
    )
