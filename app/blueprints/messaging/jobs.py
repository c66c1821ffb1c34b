"""Handing mail in, which takes long, before anything is written; and forgetting."""

from app.blueprints.messaging import queries, services
from app.blueprints.messaging.models import MailState
from app.blueprints.messaging.policies import may_be_told
from app.blueprints.messaging.rules.kinds import KINDS
from app.blueprints.messaging.rules.words import words_of
from app.blueprints.messaging.services import Outcome
from app.core import mail
from app.core.addresses import site
from app.core.db import db
from app.core.partials import partial
from app.core.periodic import every

CHOICES = "/settings/notifications"


@every(hours=24, name="messaging.forget")
def forget() -> None:
    """Delete old notices."""
    services.forget()


def deliver(mail_id: int) -> Outcome | None:
    """Hand the mail in, if it is still wanted; return what became of it.

    None where there is nothing to do. Another try has the same Message-ID.
    """
    found = queries.find_mail_to_send(mail_id)
    if found is None:
        return None
    place = queries.find_place(found.notice, found.course.slug if found.course else "")
    reason = _why_not(found, place)
    if reason or place is None:
        return Outcome(MailState.DROPPED, reason)
    letter = _write(found, place)
    db.session.rollback()  # nothing is held while a mail server takes its time
    try:
        mail.send(letter)
    except mail.NotNow as error:
        return Outcome(MailState.QUEUED, str(error))
    except mail.Refused as error:
        return Outcome(MailState.FAILED, str(error))
    return Outcome(MailState.SENT)


def _why_not(found: queries.MailToSend, place: str | None) -> str:
    """Return why the mail is not to be sent any more, or nothing."""
    kind = KINDS[found.notice.kind]
    if not found.is_active:
        return "The account is disabled."
    if found.notice.course_id and found.course is None:
        return "The course is deleted."
    if not may_be_told(found.reader, kind.audience, found.course):
        return "It is not for this person any more."
    if place is None or not queries.still_waits(found.notice):
        return "There is nothing to answer any more."
    return ""


def _write(found: queries.MailToSend, place: str) -> mail.Letter:
    kind = KINDS[found.notice.kind]
    words = words_of(kind, found.notice.about)
    has_account = found.reader.is_authenticated
    shown = {
        "words": words,
        "button": kind.button,
        "name": found.reader.display_name,
        "address": site() + place,
        "choices": site() + CHOICES if has_account else "",
        "site": site(),
    }
    return mail.Letter(
        to=found.address,
        name=found.reader.display_name,
        subject=words.title,
        text=str(partial("messaging/mail/letter.txt", **shown)),
        html=str(partial("messaging/mail/_letter.html", **shown)),
        message_id=found.message_id,
        choices=str(shown["choices"]),
    )
