"""A Redis server of our own for each process of the run, emptied before each test."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.support import run


class RedisServer:
    """A server on a unix socket that keeps nothing on disk; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("redis-server") is None:
            pytest.skip("redis-server is not installed here")
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{folder / 'redis.sock'}"
        self.start()

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        options = {
            "--port": "0",
            "--unixsocket": str(self._folder / "redis.sock"),
            "--save": "",
            "--dir": str(self._folder),
            "--logfile": "log",
        }
        words = [word for option in options.items() for word in option]
        self._process = subprocess.Popen(["redis-server", *words])
        _wait_for(self.url)

    def stop(self) -> None:
        """Take it away at once, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait(10)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """The server that the tests of this process share. Skips where there is none to run."""
    server = RedisServer(run.own_folder() / "redis")
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of an empty Redis."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server that no other test uses, to be stopped and started at will."""
    server = RedisServer(tmp_path / "redis")
    yield server
    server.stop()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with redis.Redis.from_url(url) as client:
                client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.01)
    raise AssertionError("redis-server did not answer in 5 seconds")
