"""`flask serve` as a person uses it: started in an empty folder, looked at, stopped."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import IO

import pytest

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[3]


def start(instance: Path, port: int, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
        cwd=PROJECT,
        env={**os.environ, "LECTERN_INSTANCE": str(instance), "PORT": str(port), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def without_redis(tmp_path: Path) -> str:
    """A PATH on which no redis-server is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return str(folder)


def read_until(stream: IO[str], words: str) -> str:
    said = ""
    for line in stream:
        said += line
        if words in line:
            return said
    raise AssertionError(f"never said “{words}”, but:\n{said}")


def test_first_start_second_start_and_stop(
    tmp_path: Path, free_port: int, without_redis: str
) -> None:
    for is_first in (True, False):
        school = start(tmp_path / "instance", free_port, PATH=without_redis)
        assert school.stdout is not None
        said = read_until(school.stdout, "admin@example.org")
        assert "There is no Redis here: one local worker process" in said
        assert f"Lectern is running at http://127.0.0.1:{free_port}" in said
        assert ("Filling the new school" in said) is is_first
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/courses") as page:
            assert page.status == 200
        school.send_signal(signal.SIGINT)
        assert "Stopped." in school.communicate(timeout=30)[0]
        assert school.returncode == 0
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", free_port))


def test_a_taken_port_is_told_in_plain_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        school = start(tmp_path / "instance", port)
        said = school.communicate(timeout=60)[0]
    assert school.returncode == 1
    assert f"Something else listens on 127.0.0.1:{port}." in said
    assert f"PORT={port + 1} make run" in said


@pytest.mark.redis
def test_with_redis_jobs_run_in_rq(tmp_path: Path, free_port: int, redis_url: str) -> None:
    school = start(tmp_path / "instance", free_port, REDIS_URL=redis_url)
    assert school.stdout is not None
    said = read_until(school.stdout, "admin@example.org")
    assert "through the Redis server that REDIS_URL names" in said
    school.terminate()
    school.communicate(timeout=30)
    assert school.returncode == 0
