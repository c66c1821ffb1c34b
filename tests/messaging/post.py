"""Running the jobs that are due, and reading what came of them."""

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.messaging.models import Mail, Notification
from app.core import mail
from app.core.actor import Actor
from app.core.db import db
from app.core.mail import KeptMail
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner


def post() -> list[KeptMail]:
    """Run what is due; return the mail that lies in the folder, in the order it was written in."""
    drain(LocalRunner())
    db.session.rollback()
    folder = mail.transport()
    assert isinstance(folder, mail.FolderTransport)
    return folder.newest()[::-1]


def notices_of(user: User | Actor) -> list[Notification]:
    """What somebody was told, the oldest first."""
    mine = select(Notification).filter_by(user_id=user.id).order_by(Notification.id)
    return list(db.session.execute(mine).scalars())


def mails() -> list[Mail]:
    """All mail there is."""
    return list(db.session.execute(select(Mail).order_by(Mail.id)).scalars())


def told_to(person: User | Actor) -> list[str]:
    """The kinds of what somebody was told, the oldest first."""
    return [one.kind for one in notices_of(person)]
