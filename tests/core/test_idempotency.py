"""A command sent twice is carried out once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock, idempotency
from app.core.actor import SYSTEM, Actor
from app.core.audit import AuditEvent, record
from app.core.db import db, writing
from app.core.idempotency import IdempotencyKey, new_key, once
from tests.support import both_databases

ADA = Actor(id=7, display_name="Ada", email="ada@example.org")
BEN = Actor(id=8, display_name="Ben", email="ben@example.org")
pytestmark = pytest.mark.usefixtures("app")


def make() -> dict[str, int]:
    record(SYSTEM, "test.made", "test", 1)
    db.session.flush()
    return {"made": made()}


def made() -> int:
    return db.session.execute(select(func.count(AuditEvent.id))).scalar_one()


def send(actor: Actor, key: str, payload: Any, command: Callable[[], Any] = make) -> Any:
    with writing():
        return once(actor, key, payload, command)


@both_databases
def test_the_same_command_again_acts_once_and_answers_the_same() -> None:
    assert [send(ADA, "k1", {"title": "A"}) for _ in range(3)] == [{"made": 1}] * 3
    assert made() == 1


@both_databases
def test_another_person_key_or_payload_is_another_command() -> None:
    send(ADA, "k1", {"title": "A"})
    send(BEN, "k1", {"title": "A"})
    send(ADA, "k2", {"title": "A"})
    send(ADA, "k1", {"title": "B"})
    assert made() == 4


def test_the_order_of_fields_makes_no_other_command() -> None:
    send(ADA, "k1", {"a": 1, "b": 2})
    send(ADA, "k1", {"b": 2, "a": 1})
    assert made() == 1


def test_a_missing_key_never_matches() -> None:
    send(ADA, "", {})
    send(ADA, "", {})
    assert made() == 2


def test_a_command_that_fails_may_be_sent_again() -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        send(ADA, "k1", {}, fail)
    assert send(ADA, "k1", {}) == {"made": 1}


@both_databases
def test_four_at_once_act_once_and_all_get_the_answer(app: Flask) -> None:
    def slowly() -> dict[str, int]:
        answer = make()
        time.sleep(0.2)
        return answer

    def try_it(_number: int) -> Any:
        with app.app_context():
            return send(ADA, "k1", {}, slowly)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(try_it, range(4))) == [{"made": 1}] * 4
    db.session.rollback()
    assert made() == 1


def test_answers_are_forgotten_after_a_week() -> None:
    send(ADA, "k1", {})
    for days, left in ((6, 1), (8, 0)):
        with clock.freeze(clock.now() + timedelta(days=days)), writing():
            idempotency.sweep()
        assert len(db.session.execute(select(IdempotencyKey)).all()) == left


def test_keys_cannot_be_guessed() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert min(map(len, keys)) >= 22
