"""The supervisor: everything it started ends with it, what dies is revived, failures are told."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from app.core.serve import supervisor, web
from app.core.serve.child import Child, Program, executed
from app.core.serve.supervisor import CannotStart, Supervisor

FOREVER = "import time; time.sleep(600)"
DEAF = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    f"open('deaf', 'w').close(); {FOREVER}"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def child(code: str, ready: Callable[[], bool] | None = None) -> Child:
    return Child(Program("part", executed(sys.executable, "-c", code), ready))


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_ends_all_of_them(tmp_path: Path) -> None:
    children = [child(FOREVER), child(FOREVER)]
    Supervisor(children, print).run(interrupt)
    assert [one.exit_code() for one in children] == [-signal.SIGTERM, -signal.SIGTERM]


def test_the_deaf_are_killed_after_a_grace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grace = ((signal.SIGTERM, 0.2), (signal.SIGKILL, 5.0))
    monkeypatch.setattr(supervisor, "GRACE", grace)
    is_deaf = tmp_path / "deaf"
    deaf = child(DEAF, is_deaf.exists)
    Supervisor([deaf], print).run(interrupt)
    assert deaf.exit_code() == -signal.SIGKILL


def test_what_a_program_started_ends_too(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys; "
        f"p = subprocess.Popen([sys.executable, '-c', {FOREVER!r}]); "
        f"open('pid', 'w').write(str(p.pid)); {FOREVER}"
    )
    note = tmp_path / "pid"
    parent = child(code, lambda: note.exists() and bool(note.read_text()))
    Supervisor([parent], print).run(interrupt)
    assert not _is_alive(int(note.read_text()))


def test_what_dies_is_started_again_later_each_time(tmp_path: Path) -> None:
    said: list[str] = []
    mortal = child("open('starts', 'a').write('x')")
    watch = Supervisor([mortal], said.append)
    starts = tmp_path / "starts"

    watch.run(Timer(2.5, interrupt).start)
    assert starts.read_text() == "xx"
    assert said == [
        "The part ended (0); starting it again in 1 s.",
        "The part ended (0); starting it again in 2 s.",
    ]


def test_a_program_that_never_serves_is_a_plain_refusal(tmp_path: Path) -> None:
    first = child(FOREVER)
    broken = child("raise SystemExit(3)", lambda: False)
    with pytest.raises(CannotStart, match="could not start"):
        Supervisor([first, broken], print).run(lambda: None)
    assert first.exit_code() is not None


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = web.Address("127.0.0.1", taken.getsockname()[1])
        assert not web.is_free(address)
    assert web.is_free(address)


def _is_alive(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True
