"""What becomes of mail: sent, tried again, or given up with a reason that can be read."""

from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.messaging.events import MailQueued
from app.blueprints.messaging.models import Mail, MailState
from app.blueprints.messaging.rules.tries import next_pause
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended; QUEUED means that it is to be tried again."""

    state: MailState
    reason: str = ""


def settle(mail_id: int, outcome: Outcome | None) -> None:
    """Write down how an attempt ended; what was not taken is tried again after a pause."""
    mail = _lock(mail_id)
    if mail is None or outcome is None or mail.state is not MailState.QUEUED:
        return
    mail.state, mail.reason = outcome.state, outcome.reason[:LONGEST_REASON]
    mail.attempts += outcome.state is not MailState.DROPPED
    if outcome.state is MailState.SENT:
        mail.sent_at = clock.db_now()
    if outcome.state is MailState.QUEUED:
        _try_again(mail)


def send_again(actor: Actor, *, mail_id: int) -> None:
    """Give a mail that was given up all its tries again; raises `Forbidden` and `NotFound`.

    Raises `Conflict` where it is not among the failed ones any more.
    """
    if not actor.is_admin:
        raise Forbidden
    mail = _lock(mail_id)
    if mail is None:
        raise NotFound
    if mail.state is not MailState.FAILED:
        raise Conflict(_l("This mail is not among the failed ones any more."))
    mail.state, mail.attempts, mail.reason = MailState.QUEUED, 0, ""
    audit.record(actor, "mail.again", "mail", mail.id)
    record(MailQueued(mail.id))


def _lock(mail_id: int) -> Mail | None:
    statement = select(Mail).filter_by(id=mail_id).with_for_update()
    return db.session.execute(statement).scalar_one_or_none()


def _try_again(mail: Mail) -> None:
    pause = next_pause(mail.attempts)
    if pause is None:
        mail.state = MailState.FAILED
    else:
        record(MailQueued(mail.id), after=pause)
