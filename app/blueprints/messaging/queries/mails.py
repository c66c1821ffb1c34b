"""Mail: what is to be sent, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.accounts.models import User
from app.blueprints.accounts.queries import actor_of
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import find_course_by_id
from app.blueprints.messaging.models import Mail, MailState, Notification
from app.core.actor import ANONYMOUS, Actor
from app.core.db import db
from app.core.pagination import Page, paginate


@dataclass(frozen=True, slots=True)
class MailToSend:
    """A mail that waits: its notice, whom it is to, and the course it is about if that is live.

    An address without an account is nobody who could be signed in.
    """

    message_id: str
    notice: Notification
    reader: Actor
    is_active: bool
    address: str
    course: Course | None


def find_mail_to_send(mail_id: int) -> MailToSend | None:
    """Return the mail of this number if it still waits to be sent."""
    statement = (
        select(Mail)
        .filter_by(id=mail_id, state=MailState.QUEUED)
        .options(joinedload(Mail.notification).joinedload(Notification.user))
    )
    mail = db.session.execute(statement).scalar_one_or_none()
    if mail is None:
        return None
    notice, user = mail.notification, mail.notification.user
    return MailToSend(
        message_id=mail.message_id,
        notice=notice,
        reader=actor_of(user) if user else ANONYMOUS,
        is_active=user is None or user.disabled_at is None,
        address=user.email if user else notice.email,
        course=find_course_by_id(notice.course_id) if notice.course_id else None,
    )


def list_mails(state: MailState, number: int) -> Page[Mail]:
    """Return page `number` of the mails in this state, the latest first."""
    to = joinedload(Mail.notification).joinedload(Notification.user).load_only(User.email)
    statement = select(Mail).filter_by(state=state).options(to)
    return paginate(statement.order_by(Mail.id.desc()), number)
