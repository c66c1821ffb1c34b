"""Mail that goes nowhere: while developing, each lies as a file in a folder and can be read."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One mail of the folder; `name` is its file's, without the ending."""

    name: str
    at: datetime
    message: EmailMessage

    def part(self, kind: str) -> str:
        """Return the `plain` or the `html` part, empty where there is none."""
        found = self.message.get_body((kind,))
        return str(found.get_content()).replace("\r\n", "\n") if found else ""


class FolderTransport:
    """Puts mail into `folder`; the same mail twice is one file."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when it is needed."""
        self._folder = folder

    def send(self, message: EmailMessage, to: str) -> None:
        """Write the message down, whole or not at all."""
        name = hashlib.sha256(f"{message['Message-ID']}".encode()).hexdigest()[:20]
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{name}.{os.getpid()}"
        unfinished.write_bytes(message.as_bytes())
        unfinished.rename(self._folder / f"{name}.eml")

    def newest(self) -> list[KeptMail]:
        """Return the mails that came last, the latest first."""
        files = sorted(self._folder.glob("*.eml"), key=lambda file: -file.stat().st_mtime)
        return [_read(file) for file in files[:MOST_LISTED]]

    def find(self, name: str) -> KeptMail | None:
        """Return the mail of that name; no name leads out of the folder."""
        files = {file.stem: file for file in self._folder.glob("*.eml")}
        return _read(files[name]) if name in files else None


def _read(file: Path) -> KeptMail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    return KeptMail(file.stem, datetime.fromtimestamp(file.stat().st_mtime, UTC), message)
