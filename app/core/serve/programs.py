"""Which programs make up a school on one machine, and the command line of each."""

import secrets
import shutil
import socket
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.serve.child import Program

PYTHON = sys.executable
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


def is_free(address: Address) -> bool:
    """True when a server could listen there now."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError:
            return False
    return True


def web(address: Address, workers: int, threads: int, env: Mapping[str, str]) -> Program:
    """gunicorn, with threads so that a slow request never holds up the others."""
    options = (
        f"--bind={address.host}:{address.port}",
        "--worker-class=gthread",
        f"--workers={workers}",
        f"--threads={threads}",
        "--graceful-timeout=4",
        "--keep-alive=20",
        "--no-control-socket",
        "--log-level=warning",
    )
    argv = (PYTHON, "-m", "gunicorn", *options, "wsgi:app")
    return Program("web server", argv, env, ready=lambda: _answers(address))


def workers(env: Mapping[str, str], *, with_redis: bool) -> list[Program]:
    """Who runs what the outbox holds: the relay and an RQ worker, or one process for both."""
    if with_redis:
        return [Program("relay", _flask("relay"), env), Program("worker", _flask("worker"), env)]
    return [Program("worker", _flask("worker", "--local"), env)]


@dataclass(frozen=True)
class PrivateRedis:
    """A Redis of our own on a unix socket; its data lie beside it, so that jobs outlive a restart.

    `program` is None when one that was started here before still listens.
    """

    url: str
    program: Program | None


def private_redis(folder: Path) -> PrivateRedis | None:
    """None where there is no redis-server on the PATH."""
    executable = shutil.which("redis-server")
    if executable is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = _socket_path(folder)
    if _listens(path):
        return PrivateRedis(f"unix://{path}", None)
    argv = (executable, *_redis_options(folder, path))
    return PrivateRedis(
        f"unix://{path}", Program("Redis server", argv, ready=lambda: _listens(path))
    )


def _redis_options(folder: Path, path: Path) -> list[str]:
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


def _flask(*words: str) -> tuple[str, ...]:
    return (PYTHON, "-m", "flask", "--app", "wsgi", *words)


def _socket_path(folder: Path) -> Path:
    """In the folder, unless its name is too long for a unix socket."""
    path = folder / "redis.sock"
    if len(str(path)) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="lectern-")) / f"{secrets.token_hex(4)}.sock"


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _answers(address: Address) -> bool:
    host = "127.0.0.1" if address.host == "0.0.0.0" else address.host  # noqa: S104 (compared only)
    try:
        with urllib.request.urlopen(f"http://{host}:{address.port}/healthz", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
