"""Parts of one program as processes: their ends are told, and they end with the others."""

import subprocess
import sys

import pytest

# In a process of its own: the one that runs the tests has threads, which do not survive a fork.
SCRIPT = """
import os, signal, sys, time
from app.core.serve.child import Child, Program, forked
from app.core.serve.supervisor import Supervisor

def outcome(work):
    part = Child(Program("part", forked(work)))
    part.start()
    while part.exit_code() is None:
        time.sleep(0.01)
    return part.exit_code()

assert outcome(lambda: None) == 0
assert outcome(lambda: sys.exit(3)) == 3
assert outcome(lambda: sys.exit("no")) == 1
assert outcome(lambda: 1 // 0) == 1
assert outcome(lambda: os.kill(os.getpid(), signal.SIGKILL)) == -9

endless = Child(Program("part", forked(lambda: time.sleep(600))))
Supervisor([endless], print).run(lambda: os.kill(os.getpid(), signal.SIGINT))
assert endless.exit_code() == -15
print("all as expected")
"""


@pytest.mark.slow
def test_ends_are_told_and_stopping_reaches_all() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.stdout.strip() == "all as expected", done.stderr
    assert "ZeroDivisionError" in done.stderr
