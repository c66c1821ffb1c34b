"""Mail leaves by a job of its own queue."""

from datetime import timedelta

from app.blueprints.messaging import services
from app.blueprints.messaging.events import MailQueued
from app.blueprints.messaging.jobs import deliver
from app.blueprints.messaging.services import Outcome
from app.core.events import on

# A little more than a job of the queue may take; then another worker takes over.
_AT_MOST = timedelta(seconds=45)


def _deliver(event: MailQueued) -> Outcome | None:
    return deliver(event.mail_id)


@on(MailQueued, queue="mail", prepare=_deliver, lease=_AT_MOST)
def keep_outcome(event: MailQueued, outcome: Outcome | None) -> None:
    """Write down what became of the mail."""
    services.settle(event.mail_id, outcome)
