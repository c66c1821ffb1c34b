"""The audit trail: who, what, on what, from where."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import audit
from app.core.actor import Actor
from app.core.audit import AuditEvent
from app.core.db import db, writing

ADA = Actor(id=7, display_name="Ada", email="ada@example.org")
pytestmark = pytest.mark.usefixtures("app")


def only_event() -> AuditEvent:
    return db.session.execute(select(AuditEvent)).scalar_one()


def test_an_act_is_kept_with_its_actor_and_address(app: Flask) -> None:
    where = {"REMOTE_ADDR": "198.51.100.7"}
    with app.test_request_context("/", method="POST", environ_base=where), writing():
        audit.record(ADA, "course.renamed", "course", 12, old="A", new="B")
    event = only_event()
    assert (event.actor_id, event.actor_name) == (7, "Ada")
    assert (event.action, event.object_type, event.object_id) == ("course.renamed", "course", "12")
    assert event.detail == {"old": "A", "new": "B"}
    assert event.address == "198.51.100.7"


def test_a_job_has_no_address() -> None:
    with writing():
        audit.record(ADA, "course.renamed", "course", "x7")
    assert only_event().address == ""


def test_an_act_that_was_taken_back_is_not_kept() -> None:
    def fail() -> None:
        with writing():
            audit.record(ADA, "course.renamed", "course", 12)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert db.session.execute(select(AuditEvent)).all() == []
