"""What has happened to notices."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class MailQueued(Event):
    """A mail is to be handed in."""

    mail_id: int
