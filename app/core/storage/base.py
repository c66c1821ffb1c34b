"""What every place for stored bytes does."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Protocol

from app.core.errors import Invalid
from app.core.formats import file_size
from app.core.i18n import lazy_gettext as _l

CHUNK = 64 * 1024


class TooLarge(Invalid):
    """More bytes than the `most` that are allowed."""

    status = 413

    def __init__(self, most: int) -> None:
        """Say how large a file may be."""
        super().__init__(
            _l(
                "This file is larger than %(most)s, the most for one file. Make it smaller, or "
                "split it.",
                most=file_size(most),
            )
        )


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes that are written but not yet kept; `place` is the backend's own name for where."""

    digest: str
    size: int
    place: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a browser sends a file by itself: a form's address and its fields, `file` the last."""

    url: str
    fields: dict[str, str] = field(default_factory=dict)


class Storage(Protocol):
    """A digest is 64 hexadecimal digits; a token names a file on its way, in `incoming/`.

    `origin` is where browsers are sent for bytes; empty where everything comes from here.
    """

    origin: str

    def staged(self, stream: IO[bytes], *, most: int) -> AbstractContextManager[Staged]:
        """Write the bytes aside, at most `most`; what was not kept by then is gone on leaving.

        Raises `TooLarge`.
        """

    def keep(self, staged: Staged) -> None:
        """Put staged bytes under their digest; quick, so that a row can be written just before."""

    def put(self, stream: IO[bytes], *, most: int) -> tuple[str, int]:
        """Keep the bytes, at most `most` of them; return digest and size; raises `TooLarge`."""

    def open(self, digest: str) -> IO[bytes]:
        """Open kept bytes for reading; raises FileNotFoundError."""

    def delete(self, digest: str, *, before: datetime | None = None) -> bool:
        """Forget the bytes, unless they were kept (again) since `before`; tell whether."""

    def link(self, digest: str, *, content_type: str, disposition: str, seconds: int) -> str | None:
        """Return a short-lived address to read from directly, or None: stream it yourself."""

    def entrance(self, token: str, *, size: int, seconds: int) -> Entrance:
        """Return where a browser may send that many bytes; only where there is an `origin`."""

    def arrived(self, token: str, *, most: int) -> IO[bytes]:
        """Open what was sent under `token`; raises FileNotFoundError and `TooLarge`."""

    def forget_arrival(self, token: str) -> None:
        """Forget what was sent under `token`."""

    def kept_before(self, before: datetime) -> Iterator[str]:
        """Give the digests of all bytes that were last kept before then."""

    def sweep_incoming(self, before: datetime) -> int:
        """Forget what has been on its way since before then; return how many files."""


def copied(source: IO[bytes], target: IO[bytes], most: int) -> tuple[str, int]:
    """Copy at most `most` bytes; return their digest and number; raises `TooLarge`."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise TooLarge(most)
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size
