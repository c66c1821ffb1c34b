"""Events and what is recorded of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from pydantic import ValidationError
from sqlalchemy import select

from app.core import events
from app.core.db import db, writing
from app.core.events import Event, on, record
from app.core.outbox.models import OutboxEntry
from tests.support import both_databases

MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LampLit(Event):
    lamp_id: int
    at: datetime
    colours: tuple[str, ...] = ()


@pytest.fixture
def no_handlers_left() -> Iterator[None]:
    """Handlers that a test registers are gone after it."""
    names = dict(events._by_name)
    yield
    for name in set(events._by_name) - set(names):
        handler = events._by_name.pop(name)
        if handler in events._by_event[handler.event_type]:
            events._by_event[handler.event_type].remove(handler)


def entries() -> list[OutboxEntry]:
    return list(db.session.execute(select(OutboxEntry).order_by(OutboxEntry.handler)).scalars())


def two_handlers() -> None:
    @on(LampLit)
    def look(event: LampLit) -> None: ...

    @on(LampLit, queue="mail", name="tests.write_home")
    def write(event: LampLit) -> None: ...


def test_an_event_survives_json() -> None:
    event = LampLit(3, MOMENT, ("red", "green"))
    assert event.to_json() == {
        "lamp_id": 3,
        "at": "2026-03-29T01:30:00Z",
        "colours": ["red", "green"],
    }
    assert LampLit.from_json(event.to_json()) == event


def test_an_event_of_another_shape_is_refused() -> None:
    with pytest.raises(ValidationError):
        LampLit.from_json({"lamp_id": "three"})


@both_databases
@pytest.mark.usefixtures("app", "no_handlers_left")
def test_each_handler_gets_a_row_of_its_own_in_the_same_commit() -> None:
    two_handlers()
    with writing():
        record(LampLit(3, MOMENT))
    first, second = entries()
    assert (first.handler, first.queue) == ("tests.look", "default")
    assert (second.handler, second.queue) == ("tests.write_home", "mail")
    assert first.event_id == second.event_id
    assert first.event_name == "LampLit"
    assert LampLit.from_json(first.payload) == LampLit(3, MOMENT)
    assert first.state == "waiting"


@pytest.mark.usefixtures("app", "no_handlers_left")
def test_nothing_is_recorded_when_the_transaction_fails() -> None:
    two_handlers()

    def fail_after_recording() -> None:
        with writing():
            record(LampLit(3, MOMENT))
            db.session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail_after_recording()
    assert entries() == []


@pytest.mark.usefixtures("app", "no_handlers_left")
def test_recording_outside_a_write_transaction_is_refused_and_not_lost_in_silence() -> None:
    two_handlers()
    with pytest.raises(RuntimeError, match="writing"):
        record(LampLit(3, MOMENT))


@pytest.mark.usefixtures("app")
def test_an_event_that_nobody_handles_leaves_no_row() -> None:
    with writing():
        record(LampLit(3, MOMENT))
    assert entries() == []


@pytest.mark.usefixtures("no_handlers_left")
def test_two_handlers_of_one_name_are_refused() -> None:
    two_handlers()
    with pytest.raises(RuntimeError, match="two handlers are called"):
        two_handlers()


@pytest.mark.usefixtures("no_handlers_left")
def test_a_queue_that_nobody_works_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no queue express"):
        on(LampLit, queue="express")(lambda event: None)


def test_handlers_are_named_after_their_domain(app: Flask) -> None:
    assert events.name_of(test_an_event_survives_json).startswith("tests.")

    def tell() -> None: ...

    tell.__module__ = "app.blueprints.courses.subscribers"
    assert events.name_of(tell) == "courses.tell"
