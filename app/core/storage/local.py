"""Bytes in a folder of this machine."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from app.core.storage.base import Entrance, Staged, copied

_DIGITS = frozenset("0123456789abcdef")


class LocalStorage:
    """Files in a folder, two levels deep by digest."""

    origin = ""

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
                digest, size = copied(stream, file, most)
                file.flush()
                os.fsync(file.fileno())
            yield Staged(digest, size, name)
        finally:
            Path(name).unlink(missing_ok=True)

    def keep(self, staged: Staged) -> None:
        """Rename: no reader ever sees half a file. It is as old as this, not as its writing."""
        target = self._path(staged.digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            os.utime(staged.place, ns=(time.time_ns(), time.time_ns()))
            Path(staged.place).replace(target)
        _sync(target.parent)

    def put(self, stream: IO[bytes], *, most: int) -> tuple[str, int]:
        """Stage and keep in one."""
        with self.staged(stream, most=most) as staged:
            self.keep(staged)
        return staged.digest, staged.size

    def open(self, digest: str) -> IO[bytes]:
        """Open the file of `digest`."""
        return self._path(digest).open("rb")

    def delete(self, digest: str, *, before: datetime | None = None) -> bool:
        """Remove the file of `digest`; keeping it again meanwhile makes it young."""
        path = self._path(digest)
        with self._alone():
            if before is not None and not _is_older(path, before):
                return False
            path.unlink(missing_ok=True)
        return True

    def link(self, digest: str, *, content_type: str, disposition: str, seconds: int) -> str | None:
        """Return None: local files are streamed, since the policy is checked at each request."""
        return None

    def entrance(self, token: str, *, size: int, seconds: int) -> Entrance:
        """Files are sent to Lectern itself."""
        raise NotImplementedError

    def arrived(self, token: str, *, most: int) -> IO[bytes]:
        """Nothing comes in by itself."""
        raise FileNotFoundError(token)

    def forget_arrival(self, token: str) -> None:
        """Nothing comes in by itself."""

    def kept_before(self, before: datetime) -> Iterator[str]:
        """Give the digests of the files last written before then."""
        for folder in self.root.iterdir():
            if len(folder.name) == 2:
                for path in folder.iterdir():
                    if _is_older(path, before):
                        yield folder.name + path.name

    def sweep_incoming(self, before: datetime) -> int:
        """Remove what crashed processes left behind."""
        old = [path for path in self.incoming.iterdir() if _is_older(path, before)]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold what keeps a file from being swept in the moment in which it is kept again."""
        with (self.root / ".lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= _DIGITS:
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest[2:]


def _is_older(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    return False


def _sync(folder: Path) -> None:
    """Let the file's name outlive a loss of power, as its bytes do."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
