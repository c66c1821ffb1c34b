"""The gate in front of SQLite: one writer at a time, in all processes, and never for ever."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db, gate, writing
from app.core.db.gate import WriteGate
from app.core.errors import Busy
from tests.support.waiting import wait_until

HOLD = """
import sys, time
from app.core.db.gate import WriteGate
with WriteGate(sys.argv[1]).held():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "school.db.gate")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 0.2)


def enter(one: WriteGate) -> None:
    with one.held():
        pass


@pytest.mark.parametrize("same", [True, False], ids=["thread", "process"])
@pytest.mark.usefixtures("impatient")
def test_who_waits_too_long_is_told_that_it_is_busy(path: str, same: bool) -> None:
    one = WriteGate(path)
    other = one if same else WriteGate(path)
    outcome: list[BaseException] = []

    def try_it() -> None:
        try:
            enter(other)
        except Busy as refusal:
            outcome.append(refusal)

    with one.held():
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join(5)
    assert len(outcome) == 1
    enter(other)


def test_a_failure_inside_opens_the_gate(path: str) -> None:
    one = WriteGate(path)

    def fail() -> None:
        with one.held():
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    enter(one)


@pytest.mark.usefixtures("impatient")
@pytest.mark.slow
def test_a_killed_holder_opens_the_gate(path: str) -> None:
    words = [sys.executable, "-c", HOLD, path]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Busy):
            enter(WriteGate(path))
        holder.send_signal(signal.SIGKILL)
        holder.wait(5)
        enter(WriteGate(path))


def test_writers_go_through_one_at_a_time(path: str) -> None:
    gates = [WriteGate(path), WriteGate(path)]
    inside, most = [0], [0]

    def work(one: WriteGate) -> None:
        for _ in range(10):
            with one.held():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.001)
                inside[0] -= 1

    threads = [threading.Thread(target=work, args=(gates[n % 2],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


@pytest.mark.usefixtures("impatient")
def test_a_write_that_cannot_get_in_is_busy_and_leaves_nothing_open(app: Flask) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), writing():
            held.set()
            done.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    wait_until(held.is_set)

    def write() -> None:
        with writing():
            pass

    with pytest.raises(Busy):
        write()
    done.set()
    thread.join()
    write()
    assert not db.session().in_transaction()
