"""Events: what happened, told to whoever reacts, once and after it is committed."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Generic, Self, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Insert, insert

from app.core import clock
from app.core.db import db, table_of
from app.core.db.connections import may_write
from app.core.outbox.models import TOKEN_LENGTH, OutboxEntry

QUEUES = ("default", "media", "mail", "maintenance")
NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; subclasses are frozen dataclasses of ids and plain values."""

    def to_json(self) -> dict[str, Any]:
        """Return the event's values as plain JSON."""
        values: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Build the event again; raises pydantic's ValidationError when it has changed shape."""
        event: Self = _adapter(cls).validate_python(values)
        return event


E = TypeVar("E", bound=Event)
F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Handler(Generic[E]):
    """A function that reacts to one kind of event, under the name that outbox rows carry."""

    name: str
    event_type: type[E]
    function: Callable[..., object]
    queue: str
    prepare: Callable[[E], object] | None = None
    lease: timedelta | None = None

    def entry(self, event: E, event_id: str) -> OutboxEntry:
        """Return the row that asks for this handler to be run, due at once."""
        return OutboxEntry(
            **self.values(event, event_id), due_at=clock.db_time(), created_at=clock.db_time()
        )

    def values(self, event: E, event_id: str) -> dict[str, Any]:
        """Return what that row holds besides its times."""
        return {
            "event_id": event_id,
            "event_name": type(event).__name__,
            "handler": self.name,
            "payload": event.to_json(),
            "queue": self.queue,
        }

    def begin(self, payload: dict[str, Any]) -> object:
        """Do what takes long, before the write transaction is entered."""
        return self.prepare(self.event_type.from_json(payload)) if self.prepare else None

    def run(self, payload: dict[str, Any], prepared: object = None) -> None:
        """React to the event that `payload` holds."""
        event = self.event_type.from_json(payload)
        if self.prepare:
            self.function(event, prepared)
        else:
            self.function(event)


_running: ContextVar[str] = ContextVar("running_event")
_adapters: dict[type[Event], TypeAdapter[Any]] = {}
_by_name: dict[str, Handler[Any]] = {}
_by_event: dict[type[Event], list[Handler[Any]]] = defaultdict(list)


def on(
    event_type: type[E],
    queue: str = "default",
    name: str | None = None,
    *,
    prepare: Callable[[E], object] | None = None,
    lease: timedelta | None = None,
) -> Callable[[F], F]:
    """Run the decorated function in the worker, inside `writing()`, after each such event.

    It must be safe to run twice and check rights again; an exception means: try again later.
    What takes long is done by `prepare`, before and outside, within `lease`; what it returns is
    the function's second argument.
    """

    def decorate(function: F) -> F:
        handler = Handler(name or name_of(function), event_type, function, queue, prepare, lease)
        register(handler)
        _by_event[event_type].append(handler)
        return function

    return decorate


def register(handler: Handler[Any]) -> None:
    """Make `handler` known by its name; raises RuntimeError if the name or queue is no good."""
    if handler.name in _by_name:
        raise RuntimeError(f"two handlers are called {handler.name}")
    if handler.queue not in QUEUES:
        raise RuntimeError(f"{handler.name}: there is no queue {handler.queue}")
    _by_name[handler.name] = handler


def record(event: Event, *, after: timedelta = NO_TIME) -> None:
    """Ask for every handler of `event` to be run; they are if, and only if, this commits.

    They are run at once, or `after` a while.
    """
    if not may_write.get():
        raise RuntimeError("record() needs writing()")
    _ask([event], after)


def record_all(events: Iterable[Event]) -> None:
    """As `record`, for any number of events in one statement."""
    if not may_write.get():
        raise RuntimeError("record_all() needs writing()")
    _ask(events, NO_TIME)


def _ask(events: Iterable[Event], after: timedelta) -> None:
    rows = [
        handler.values(event, event_id)
        for event in events
        for event_id in (new_event_id(),)
        for handler in _by_event[type(event)]
    ]
    if rows:
        db.session.execute(_asking(after), rows)


@lru_cache(maxsize=16)
def _asking(after: timedelta) -> Insert:
    """Return what asks for handlers to be run `after` a while; most commands send it."""
    times = {"due_at": clock.db_time(after), "created_at": clock.db_time()}
    return insert(table_of(OutboxEntry)).values(times)


@contextmanager
def running(event_id: str) -> Iterator[None]:
    """Let handlers that run in the block know which event they run for."""
    token = _running.set(event_id)
    try:
        yield
    finally:
        _running.reset(token)


def running_id() -> str:
    """Return the id of the event that this handler runs for, the same each time it is run."""
    return _running.get()


def lease_of(name: str) -> timedelta | None:
    """Return how long the handler of that name prepares at most; None where it does not."""
    handler = _by_name.get(name)
    return handler.lease if handler else None


def new_event_id() -> str:
    """Return a random id; the same event recorded twice is two events."""
    return secrets.token_hex(TOKEN_LENGTH // 2)


def handler_named(name: str) -> Handler[Any]:
    """Return the handler of that name; raises LookupError when there is none (any more)."""
    if name not in _by_name:
        raise LookupError(f"there is no handler {name}")
    return _by_name[name]


def name_of(function: Callable[..., Any]) -> str:
    """Return `domain.function`."""
    module = function.__module__.removeprefix("app.blueprints.").removeprefix("app.")
    return f"{module.split('.')[0]}.{function.__name__}"


def _adapter(event_type: type[Event]) -> TypeAdapter[Any]:
    if event_type not in _adapters:
        _adapters[event_type] = TypeAdapter(event_type)
    return _adapters[event_type]
