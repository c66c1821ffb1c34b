"""A Redis server of our own for each process of the run, emptied before each test."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.support import run


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[Path]:
    """The unix socket of a running server. Skips where there is none to run."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed here")
    folder = run.folder() / f"redis-{run.process_name()}"
    folder.mkdir()
    server, path = start(folder)
    yield path
    server.terminate()
    server.wait(10)


def start(folder: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """Start a server that keeps nothing on disk; return it and its socket in `folder`."""
    path = folder / "redis.sock"
    options = ("--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder))
    server = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    _wait_for(path)
    return server, path


@pytest.fixture
def redis_url(redis_socket: Path) -> str:
    """The address of an empty Redis."""
    url = f"unix://{redis_socket}"
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with redis.Redis.from_url(f"unix://{path}") as client:
                client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.01)
    raise AssertionError("redis-server did not answer in 5 seconds")
