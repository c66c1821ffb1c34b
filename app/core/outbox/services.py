"""What changes outbox entries besides running them: sending, retrying, forgetting."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select, update

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.i18n import lazy_gettext as _l
from app.core.outbox.models import IS_DEAD, IS_OPEN, OutboxEntry
from app.core.periodic import every

# What was sent but is neither done nor leased after this long is sent again.
SENT_AGAIN_AFTER = timedelta(seconds=30)
DONE_KEPT = timedelta(days=7)
MOST_FORGOTTEN = 20_000


def mark_sent(entry_ids: Iterable[int]) -> set[int]:
    """Put off those of the entries that are still due; return them: they are ours to send."""
    free = (
        select(OutboxEntry.id)
        .where(OutboxEntry.id.in_(entry_ids), IS_OPEN, OutboxEntry.due_at <= clock.db_time())
        .with_for_update(skip_locked=True)
    )
    marked = (
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(free))
        .values(due_at=clock.db_time(SENT_AGAIN_AFTER))
        .returning(OutboxEntry.id)
        .execution_options(synchronize_session=False)
    )
    return set(db.session.execute(marked).scalars())


def give_back(entry_ids: Iterable[int]) -> None:
    """Make entries due at once that could not be sent."""
    db.session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(entry_ids), IS_OPEN)
        .values(due_at=clock.db_time())
        .execution_options(synchronize_session=False)
    )


def retry(actor: Actor, entry_id: int) -> None:
    """Give a dead letter all its tries again; raises Forbidden, NotFound or Conflict."""
    if not actor.is_admin:
        raise Forbidden
    entry = db.session.get(OutboxEntry, entry_id, with_for_update=True)
    if entry is None:
        raise NotFound
    if entry.dead_at is None:
        raise Conflict(_l("This job is not among the failed ones any more."))
    entry.dead_at = entry.leased_until = entry.lease_token = None
    entry.attempts = 0
    entry.due_at = clock.db_now()
    audit.record(actor, "outbox.retried", "outbox_entry", entry_id, handler=entry.handler)


def retry_all(actor: Actor) -> int:
    """Give every dead letter all its tries again; return how many there were."""
    dead = db.session.execute(select(OutboxEntry.id).where(IS_DEAD)).scalars().all()
    for entry_id in dead:
        retry(actor, entry_id)
    return len(dead)


@every(hours=1, name="core.purge_outbox")
def purge() -> None:
    """Forget entries done more than a week ago; so many at a time that nobody waits long."""
    old = (
        select(OutboxEntry.id)
        .where(OutboxEntry.done_at < clock.db_time(-DONE_KEPT))
        .order_by(OutboxEntry.id)
        .limit(MOST_FORGOTTEN)
    )
    db.session.execute(
        delete(OutboxEntry)
        .where(OutboxEntry.id.in_(old))
        .execution_options(synchronize_session=False)
    )
