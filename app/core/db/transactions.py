"""The one way to write: a transaction around one service call."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path

import structlog
from flask import Flask, current_app, has_request_context, request

from app.core.db.base import db
from app.core.db.connections import attach, may_write
from app.core.db.gate import WriteGate

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_callbacks: ContextVar[list[Callable[[], None]] | None] = ContextVar("after_commit", default=None)
_log = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Attach the database to `app`, with its transactions and its gate."""
    db.init_app(app)
    with app.app_context():
        attach(db.engine)
        app.extensions["write_gate"] = _make_gate()


def _make_gate() -> WriteGate | None:
    """Return the gate beside SQLite's file; PostgreSQL queues its writers itself."""
    if db.engine.dialect.name != "sqlite" or not db.engine.url.database:
        return None
    return WriteGate(f"{Path(db.engine.url.database).resolve()}.gate")


@contextmanager
def writing() -> Iterator[None]:
    """Run the block in one write transaction, committed on leaving.

    Objects loaded before are detached: services load what they change themselves, under lock.
    Raises RuntimeError when nested or inside a safe request, `Busy` when the gate stays shut.
    """
    if has_request_context() and request.method in SAFE_METHODS:
        raise RuntimeError("a safe request may not write")
    with writing_aside():
        yield


@contextmanager
def writing_aside() -> Iterator[None]:
    """As `writing()`, for core's own short touches after a response, whatever its method."""
    if may_write.get():
        raise RuntimeError("writing() is already entered")
    db.session.close()
    callbacks: list[Callable[[], None]] = []
    writes, waiting = may_write.set(True), _callbacks.set(callbacks)
    try:
        with _gate(), _committing():
            yield
    finally:
        may_write.reset(writes)
        _callbacks.reset(waiting)
    for callback in callbacks:
        _run(callback)


def after_commit(callback: Callable[[], None]) -> None:
    """Call `callback` when the current `writing()` has committed, never if it rolls back."""
    callbacks = _callbacks.get()
    if callbacks is None:
        raise RuntimeError("after_commit() needs writing()")
    callbacks.append(callback)


def _gate() -> AbstractContextManager[None]:
    gate: WriteGate | None = current_app.extensions["write_gate"]
    return gate.held() if gate else nullcontext()


@contextmanager
def _committing() -> Iterator[None]:
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _run(callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:
        # The work is committed: what follows it may fail, but not undo or hide it.
        _log.exception("after_commit_failed", callback=repr(callback))
