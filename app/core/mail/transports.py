"""How mail leaves: handed in at a mail server, or, while developing, put into a folder."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from functools import cached_property
from typing import Protocol

from app.core.mail.settings import MailSettings

# For each word of the server; the queue's own limit bounds the whole.
PATIENCE_SECONDS = 10.0
LONGEST_REASON = 300
FIRST_PERMANENT = 500


class Undelivered(Exception):
    """The server did not take the mail; the text says why, for those who look after the place."""


class NotNow(Undelivered):
    """It may take it later: it is away or busy, or its settings here are wrong."""


class Refused(Undelivered):
    """It will never take this mail for this address."""


class Transport(Protocol):
    """One way for mail to leave."""

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand the message in for the address `to`; raises `NotNow` and `Refused`."""


class SmtpTransport:
    """Hands mail in at a server, over a connection of its own for each."""

    def __init__(self, settings: MailSettings, own_name: str) -> None:
        """Send as `settings` say; `own_name` is how we introduce ourselves."""
        self._settings = settings
        self._own_name = own_name

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand the message in; raises `NotNow` and `Refused`."""
        try:
            server = self._connect()
            try:
                self._enter(server)
                server.send_message(message, to_addrs=[to])
                with suppress(smtplib.SMTPException):  # it has taken the mail already
                    server.quit()
            finally:
                server.close()
        except (smtplib.SMTPException, OSError) as error:
            raise _verdict(error) from error

    def _connect(self) -> smtplib.SMTP:
        place = self._settings.host, self._settings.port
        if self._settings.tls == "implicit":
            return smtplib.SMTP_SSL(
                *place, self._own_name, timeout=PATIENCE_SECONDS, context=self._context
            )
        return smtplib.SMTP(*place, self._own_name, timeout=PATIENCE_SECONDS)

    def _enter(self, server: smtplib.SMTP) -> None:
        """Go over to TLS where that comes second, and log in where there is a name for it."""
        try:
            if self._settings.tls == "starttls":
                server.starttls(context=self._context)
            if self._settings.user:
                server.login(self._settings.user, self._settings.password)
        except smtplib.SMTPNotSupportedError as error:
            # Not this mail's fault, so it can wait until somebody has mended the settings.
            raise NotNow(f"{error}") from error

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context()


class NoTransport:
    """There is no mail server: each mail says so."""

    def send(self, message: EmailMessage, to: str) -> None:
        """Raise `Refused`."""
        raise Refused("No mail server is set here (MAIL_URL).")


def _verdict(error: smtplib.SMTPException | OSError) -> Undelivered:
    """Return what an error means for this mail.

    Only what is said about its recipient or its content ends it; anything else may be mended.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _final_or_not(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPDataError):
        return _final_or_not(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotNow(_told(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refused("The mail server takes no address with such letters.")
    return NotNow(f"{type(error).__name__}: {error}"[:LONGEST_REASON])


def _final_or_not(code: int, words: bytes | str) -> Undelivered:
    kind = Refused if code >= FIRST_PERMANENT else NotNow
    return kind(_told(code, words))


def _told(code: int, words: bytes | str) -> str:
    """Return what the server said, on one line."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:LONGEST_REASON]
