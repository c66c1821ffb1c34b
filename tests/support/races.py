"""Two or more who act at one moment, each in a transaction of their own."""

import threading
from collections.abc import Callable

from flask import Flask

from app.core.db import db, writing
from app.core.errors import DomainError


def at_once(app: Flask, *acts: Callable[[], object]) -> list[DomainError | None]:
    """Run all acts together; return what each was refused with, or None."""
    ready = threading.Barrier(len(acts))
    refusals: list[DomainError | None] = [None] * len(acts)
    failures: list[BaseException] = []

    def run(number: int, act: Callable[[], object]) -> None:
        with app.app_context():
            try:
                ready.wait()
                with writing():
                    act()
            except DomainError as refusal:
                refusals[number] = refusal
            except BaseException as failure:
                failures.append(failure)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    if failures:
        raise failures[0]
    return refusals
