"""What a mail is made of: a letter of ours, and the message that a mail server takes."""

import hashlib
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core import clock

LONGEST_SUBJECT = 200
# Servers that take seven bits only are still about.
_POLICY = SMTP.clone(cte_type="7bit")
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"  # some languages, and many emoji, are not written without them


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person.

    `message_id` stays the same however often the letter is sent; `choices` is the address where
    its reader switches such mail off, empty where they cannot.
    """

    to: str
    name: str
    subject: str
    text: str
    html: str
    message_id: str
    choices: str = ""


def compose(letter: Letter, sender: Address) -> EmailMessage:
    """Return the message; nothing that people have typed can become a header of its own."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = _addressee(letter)
    message["Subject"] = one_line(letter.subject)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.choices:
        message["List-Unsubscribe"] = f"<{letter.choices}>"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def message_id(key: str, host: str) -> str:
    """Return the one Message-ID of what `key` names."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def one_line(text: str) -> str:
    """Return the text on one line, without what cannot be seen."""
    return " ".join("".join(" " if _is_unseen(c) else c for c in text).split())


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and character not in _JOINERS


def _addressee(letter: Letter) -> Address:
    """Return who the letter is to, with the domain as the mail system writes it.

    Raises ValueError where that is no address.
    """
    person, _, domain = letter.to.rpartition("@")
    if not person:
        raise ValueError("no name before an @")
    return Address(one_line(letter.name), person, domain.encode("idna").decode())
