"""Runs a command of the application, and again each time it dies, as a supervisor does.

Each run is a fork, so that a test can kill it twenty times without waiting for Python to start.
"""

import os
import sys
import time
from pathlib import Path

from tests.support.bell_app import app


def main(*words: str) -> None:
    """Run the command `words` for ever; `pid-<command>` in the instance folder is its process."""
    note = Path(app.instance_path) / f"pid-{words[0]}"
    while True:
        pid = os.fork()
        if pid == 0:
            with app.app_context():
                app.cli.main(list(words))
        note.with_suffix(".new").write_text(str(pid))
        note.with_suffix(".new").rename(note)
        os.waitpid(pid, 0)
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
