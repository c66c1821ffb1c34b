"""Mail: what a letter becomes, and how it leaves. Who gets which is for higher floors to say.

Sending takes seconds and may hang, so it is done by a job before it enters `writing()`.
"""

from email.errors import MessageError
from urllib.parse import urlsplit

from flask import Flask, current_app

from app.core.addresses import site
from app.core.mail.kept import FolderTransport as FolderTransport
from app.core.mail.kept import KeptMail as KeptMail
from app.core.mail.letters import Letter as Letter
from app.core.mail.letters import compose
from app.core.mail.letters import message_id as _message_id
from app.core.mail.settings import FROM_NOBODY
from app.core.mail.transports import NotNow as NotNow
from app.core.mail.transports import NoTransport, SmtpTransport, Transport
from app.core.mail.transports import Refused as Refused


def send(letter: Letter) -> None:
    """Hand the letter in; raises `NotNow`, to be tried again, and `Refused`, not to be."""
    mail = current_app.config["SETTINGS"].mail
    try:
        message = compose(letter, mail.sender if mail else FROM_NOBODY)
    except (ValueError, MessageError) as error:
        raise Refused(f"This address cannot be written into a mail ({error}).") from error
    transport().send(message, message["To"].addresses[0].addr_spec)


def message_id(key: str) -> str:
    """Return the Message-ID of what `key` names, the same each time it is sent."""
    return _message_id(key, _own_name())


def transport() -> Transport:
    """Return how the application's mail leaves."""
    chosen: Transport = current_app.extensions["mail"]
    return chosen


def init_app(app: Flask) -> None:
    """Choose how mail leaves: through the server that is set, else into a folder, if at all."""
    settings = app.config["SETTINGS"]
    if settings.mail:
        with app.app_context():
            app.extensions["mail"] = SmtpTransport(settings.mail, _own_name())
    elif settings.is_production:
        app.extensions["mail"] = NoTransport()
    else:
        app.extensions["mail"] = FolderTransport(settings.instance / "mail")


def _own_name() -> str:
    return urlsplit(site()).hostname or "localhost"
