"""A Redis server of the school's own, for machines that have the program but no running one."""

import shutil
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.core.serve.child import Program, executed

LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class PrivateRedis:
    """Where it listens; `program` is None when one that was started here before still runs."""

    url: str
    program: Program | None


def find(folder: Path) -> PrivateRedis | None:
    """Tell how to run one with its data in `folder`; None without a redis-server on the PATH.

    The data outlive a restart, and with them the jobs that were under way.
    """
    executable = shutil.which("redis-server")
    if executable is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = _socket_path(folder)
    if _listens(path):
        return PrivateRedis(f"unix://{path}", None)
    launch = executed(executable, *_options(folder, path))
    return PrivateRedis(f"unix://{path}", Program("Redis server", launch, lambda: _listens(path)))


def _options(folder: Path, path: Path) -> list[str]:
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "save": "",
        "logfile": str(folder / "log"),
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


def _socket_path(folder: Path) -> Path:
    """In the folder, unless that makes a name too long for a unix socket."""
    path = folder / "redis.sock"
    if len(str(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="lectern-")) / "redis.sock"


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
