"""The commands about jobs: what they do and what they say."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from tests.support.bell import BellRang, heard, ring

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def dead_letters(app: Flask) -> list[int]:
    """Two jobs that failed for good."""
    ring(BellRang(1), BellRang(2))
    with writing():
        db.session.execute(
            update(OutboxEntry).values(dead_at=NOON, attempts=5, last_error="Conflict: Cracked.")
        )
    return list(db.session.execute(select(OutboxEntry.id).order_by(OutboxEntry.id)).scalars())


def say(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(words))
    db.session.rollback()
    return result.exit_code, result.output


def test_failed_jobs_are_listed(app: Flask, dead_letters: list[int]) -> None:
    code, text = say(app, "jobs", "failed")
    assert code == 0
    assert f"{dead_letters[0]}  2026-05-04 12:00  tests.hear" in text
    assert "Conflict: Cracked." in text
    assert "2 failed in all (page 1 of 1)." in text


def test_one_job_is_tried_again_and_the_trail_knows(app: Flask, dead_letters: list[int]) -> None:
    code, text = say(app, "jobs", "retry", str(dead_letters[1]))
    assert (code, text) == (0, f"{dead_letters[1]} will be tried again.\n")
    assert say(app, "worker", "--local", "--burst") == (0, "")
    assert heard() == [2]
    acts = db.session.execute(select(AuditEvent.actor_name).filter_by(action="outbox.retried"))
    assert acts.scalars().all() == ["Lectern"]


@pytest.mark.usefixtures("dead_letters")
def test_all_jobs_are_tried_again(app: Flask) -> None:
    assert say(app, "jobs", "retry", "--all") == (0, "2 will be tried again.\n")
    say(app, "worker", "--local", "--burst")
    assert heard() == [1, 2]


@pytest.mark.usefixtures("dead_letters")
def test_a_job_that_is_not_there_is_named(app: Flask) -> None:
    code, text = say(app, "jobs", "retry", "404")
    assert code == 1
    assert text.startswith("Error: 404:")


@pytest.mark.parametrize("command", ["worker", "relay"])
def test_without_redis_the_way_out_is_named(app: Flask, command: str) -> None:
    code, text = say(app, command)
    assert code == 2
    assert "flask worker --local" in text


def test_a_queue_that_nobody_fills_is_refused(app: Flask) -> None:
    assert say(app, "worker", "--local", "express")[0] == 2
