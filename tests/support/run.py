"""One folder for the whole run, shared by the processes that pytest-xdist starts."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLE = "LECTERN_TEST_RUN"
_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 4 * 1024**3


def begin() -> None:
    """Make the folder, in memory where there is room; for the process that starts the others."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES
    folder = Path(tempfile.mkdtemp(prefix="lectern-tests-", dir=_MEMORY if has_room else None))
    folder.chmod(0o755)  # PostgreSQL runs in it as another user
    os.environ[_VARIABLE] = str(folder)


def folder() -> Path:
    """The run's folder."""
    return Path(os.environ[_VARIABLE])


def process_name() -> str:
    """Which of the run's processes this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def own_folder() -> Path:
    """What this process alone uses of it: two at once must not meet in files either."""
    own = folder() / process_name()
    own.mkdir(exist_ok=True)
    return own


def end() -> None:
    """Remove the folder."""
    shutil.rmtree(os.environ.pop(_VARIABLE), ignore_errors=True)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one process of the run at a time through, so that the first can make what all share."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
