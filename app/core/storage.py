"""Stored bytes, addressed by their SHA-256; a name that a person gave never becomes a path."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from flask import Flask, current_app

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


class Storage(Protocol):
    """What every backend does; a digest is 64 hexadecimal digits."""

    def staged(self, stream: IO[bytes], *, most: int) -> AbstractContextManager[Staged]:
        """Write the bytes aside, at most `most`; what was not kept by then is gone on leaving.

        Raises `TooLarge`.
        """

    def keep(self, staged: Staged) -> None:
        """Put staged bytes under their digest; quick, so that a row can be written just before."""

    def put(self, stream: IO[bytes], *, most: int) -> tuple[str, int]:
        """Keep the bytes, at most `most` of them; return digest and size; raises `TooLarge`."""

    def open(self, digest: str) -> BinaryIO:
        """Open kept bytes for reading; raises FileNotFoundError."""

    def delete(self, digest: str) -> None:
        """Forget the bytes; nothing happens if they are not there."""

    def link(self, digest: str, *, content_type: str, disposition: str, seconds: int) -> str | None:
        """Return a short-lived address to read from directly, or None: stream it yourself."""


class LocalStorage:
    """Files in a folder, two levels deep by digest."""

    def __init__(self, root: Path) -> None:
        """Keep files under `root`, which is made if it is not there."""
        self.root = root
        self.incoming = root / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def staged(self, stream: IO[bytes], *, most: int) -> Iterator[Staged]:
        """Write aside and sync; whatever happens, nothing is left there."""
        descriptor, name = tempfile.mkstemp(dir=self.incoming)
        try:
            with os.fdopen(descriptor, "wb") as file:
                digest, size = _copy(stream, file, most)
            yield Staged(digest, size, name)
        finally:
            Path(name).unlink(missing_ok=True)

    def keep(self, staged: Staged) -> None:
        """Rename: no reader ever sees half a file."""
        target = self._path(staged.digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(staged.place).replace(target)

    def put(self, stream: IO[bytes], *, most: int) -> tuple[str, int]:
        """Stage and keep in one."""
        with self.staged(stream, most=most) as staged:
            self.keep(staged)
        return staged.digest, staged.size

    def open(self, digest: str) -> BinaryIO:
        """Open the file of `digest`."""
        return self._path(digest).open("rb")

    def delete(self, digest: str) -> None:
        """Remove the file of `digest`."""
        self._path(digest).unlink(missing_ok=True)

    def link(self, digest: str, *, content_type: str, disposition: str, seconds: int) -> str | None:
        """Return None: local files are streamed, since the policy is checked at each request."""
        return None

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest[2:]


def _copy(source: IO[bytes], target: IO[bytes], most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        size += len(chunk)
        if size > most:
            raise TooLarge(most)
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def storage() -> Storage:
    """Return the application's storage."""
    backend: Storage = current_app.extensions["storage"]
    return backend


def init_app(app: Flask) -> None:
    """Choose the backend; files lie beside the database unless told otherwise."""
    app.extensions["storage"] = LocalStorage(app.config["SETTINGS"].instance / "blobs")
