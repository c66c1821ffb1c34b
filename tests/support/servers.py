"""A school that really runs: gunicorn and workers as processes, on a database of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from app import config, create_app
from app.core.db import db
from tests.support import postgres, run
from tests.support.databases import make_postgres, make_sqlite

PROJECT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[bytes]
StartSchool = Callable[..., "School"]


class School:
    """A running school.

    `app` is the same application within the test's process: for what a test puts into the
    database and reads from it, each in an `app.app_context()`.
    """

    def __init__(self, database_url: str, **environ: str) -> None:
        self._name = uuid.uuid4().hex[:8]
        self.folder = run.folder() / f"school-{self._name}"
        self.folder.mkdir()
        self.database_url = database_url
        self.environ = {
            "LECTERN_ENV": "testing",
            "LECTERN_INSTANCE": str(self.folder),
            "DATABASE_URL": database_url,
            "ASSETS": "local",
            **environ,
        }
        self.app: Flask = create_app(config.read(self.environ))
        self.processes: list[Process] = []
        self.url = ""

    def serve(
        self, processes: int, threads: int, module: str = "wsgi:app", port: int = 0
    ) -> Process:
        """Start gunicorn, at any free port unless told, and wait until it answers."""
        with socket.socket() as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", port))
            self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            options = (
                f"--bind=fd://{listening.fileno()}",
                "--worker-class=gthread",
                f"--workers={processes}",
                f"--threads={threads}",
                "--graceful-timeout=2",
                "--preload",  # as the product's own server does
                "--no-control-socket",
                "--log-level=warning",
            )
            web = self._start("gunicorn", *options, module, inherit=listening.fileno())
        self._wait_until_it_answers(web)
        return web

    def command(self, *words: str, app: str = "wsgi") -> Process:
        """Start one of the application's commands, such as `worker --local`."""
        return self._start("flask", "--app", app, *words)

    def respawning(self, *words: str) -> Process:
        """Start a command that is started again each time it dies, with the bell's handlers."""
        return self._start("tests.support.respawn", *words)

    def pid_of(self, command: str) -> int:
        """The process that a respawning command runs in now."""
        return int((self.folder / f"pid-{command}").read_text())

    @property
    def log(self) -> str:
        """What its processes have said."""
        return (self.folder / "log").read_text(errors="replace")

    def stop(self) -> None:
        """End all its processes and let go of the database."""
        for process in self.processes:
            signal_group(process, signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(8)
            signal_group(process, signal.SIGKILL)
            process.wait(5)
        with self.app.app_context():
            db.engine.dispose()

    def _start(self, module: str, *words: str, inherit: int | None = None) -> Process:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *words],
                cwd=PROJECT,
                env={**os.environ, **self.environ},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=() if inherit is None else (inherit,),
            )
        self.processes.append(process)
        return process

    def _wait_until_it_answers(self, web: Process) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and web.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
                return
            time.sleep(0.05)
        raise AssertionError(f"the web server did not start:\n{self.log}")


def signal_group(process: Process, number: signal.Signals) -> None:
    """Signal a process of a school with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


@contextmanager
def schools() -> Iterator[StartSchool]:
    """Start schools: `start("postgres", processes=4, worker=False, REDIS_URL=…)`; stop them all."""
    with ExitStack() as opened:

        def start(
            kind: str = "sqlite",
            *,
            web: bool = True,
            processes: int = 1,
            threads: int = 8,
            worker: bool = True,
            module: str = "wsgi:app",
            **environ: str,
        ) -> School:
            school = School(new_database(kind, opened), **environ)
            opened.callback(school.stop)
            if web:
                school.serve(processes, threads, module)
            if worker:
                school.command("worker", "--local")
            return school

        yield start


@pytest.fixture
def start_school() -> Iterator[StartSchool]:
    """What starts schools that last as long as a test, as `schools` has it."""
    with schools() as start:
        yield start


@pytest.fixture
def school(start_school: StartSchool) -> School:
    """One running school on SQLite with a local worker, which is what most tests need."""
    return start_school()


def new_database(kind: str, opened: ExitStack) -> str:
    """Make a migrated database that lasts as long as `opened`; return its address."""
    name = f"school_{uuid.uuid4().hex[:8]}"
    if kind == "sqlite":
        path = run.folder() / f"{name}.db"
        make_sqlite(path)
        return f"sqlite:///{path}"
    url = postgres.url(name)
    make_postgres(url)
    opened.callback(postgres.drop, name)
    return url
