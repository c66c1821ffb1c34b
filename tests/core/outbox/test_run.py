"""One entry: run once, under a lease, and given up after five failures."""

import time
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.core.actor import ANONYMOUS, SYSTEM
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.outbox import queries, run, services
from app.core.outbox.models import OutboxEntry
from app.core.outbox.run import LEASE, PAUSES, TRIES, WORKER_DIED, run_entry, run_job
from tests.support import both_databases
from tests.support.bell import BellRang, heard, ring

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def only_entry() -> OutboxEntry:
    db.session.rollback()
    return db.session.execute(select(OutboxEntry)).scalar_one()


def change(**values: object) -> None:
    with writing():
        db.session.execute(update(OutboxEntry).values(**values))


@both_databases
def test_an_entry_is_run_once_however_often_it_is_sent() -> None:
    ring(BellRang(1))
    entry = only_entry()
    assert [run_entry(entry.id) for _ in range(3)] == [True, False, False]
    assert heard() == [1]
    done = only_entry()
    assert done.state == "done"
    assert done.attempts == 1


def test_a_job_runs_its_entry() -> None:
    ring(BellRang(1))
    run_job(only_entry().id)
    assert heard() == [1]


def test_an_entry_that_is_not_there_is_nothing_to_do() -> None:
    assert not run_entry(404)


@both_databases
def test_a_leased_entry_is_left_alone_until_the_lease_has_passed() -> None:
    ring(BellRang(1))
    with clock.freeze(NOON):
        change(leased_until=NOON + LEASE, lease_token="another's", due_at=NOON)
        assert not run_entry(only_entry().id)
    with clock.freeze(NOON + LEASE):
        assert run_entry(only_entry().id)
    assert heard() == [1]


@both_databases
def test_who_lost_the_lease_leaves_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    ring(BellRang(1))
    entry_id = only_entry().id
    slow = run._take_lease(entry_id)
    assert slow is not None
    with clock.freeze(datetime.now(UTC) + LEASE):
        assert run_entry(entry_id)
    monkeypatch.setattr(run, "_take_lease", lambda _id: slow)
    assert not run_entry(entry_id)
    assert heard() == [1]
    assert only_entry().last_error == ""


@both_databases
def test_a_failure_leaves_no_effect_and_is_tried_again_after_a_pause() -> None:
    with clock.freeze(NOON):
        ring(BellRang(1, fails=True))
        entry_id = only_entry().id
        assert not run_entry(entry_id)
        failed = only_entry()
        assert heard() == []
        assert failed.state == "failing"
        assert failed.last_error == "Conflict: The bell is cracked."
        assert failed.due_at == NOON + PAUSES[0]
    with clock.freeze(NOON + timedelta(seconds=1)):
        run_entry(entry_id)  # a job that was sent twice
        assert only_entry().attempts == 1


@both_databases
def test_five_failures_make_a_dead_letter_which_a_person_may_send_again() -> None:
    now = NOON
    with clock.freeze(now):
        ring(BellRang(1, fails=True))
    entry_id = only_entry().id
    for pause in (timedelta(0), *PAUSES):
        now += pause
        with clock.freeze(now):
            run_entry(entry_id)
    dead = only_entry()
    assert (dead.state, dead.attempts) == ("dead", TRIES)
    assert dead.dead_at == NOON + timedelta(seconds=2 + 10 + 60 + 300)
    assert [entry.id for entry in queries.list_dead(1).items] == [entry_id]
    assert queries.count_states() == queries.Counts(waiting=0, failing=0, dead=1)
    assert not run_entry(entry_id)

    change(payload=BellRang(2).to_json())
    with writing():
        services.retry(SYSTEM, entry_id)
    assert queries.count_states() == queries.Counts(waiting=1, failing=1, dead=0)
    assert run_entry(entry_id)
    assert heard() == [2]
    actions = set(db.session.execute(select(AuditEvent.action)).scalars())
    assert "outbox.retried" in actions


def test_an_entry_that_kills_its_worker_each_time_is_given_up() -> None:
    ring(BellRang(1))
    change(attempts=TRIES, leased_until=NOON)
    assert not run_entry(only_entry().id)
    assert only_entry().state == "dead"
    assert only_entry().last_error == WORKER_DIED


def test_a_handler_that_is_no_more_is_a_failure_as_any_other() -> None:
    ring(BellRang(1))
    change(handler="tests.gone")
    assert not run_entry(only_entry().id)
    assert only_entry().last_error == "LookupError: there is no handler tests.gone"


def test_only_dead_letters_are_sent_again_and_only_by_an_administrator() -> None:
    ring(BellRang(1))
    entry_id = only_entry().id

    def refused(actor: object, number: int) -> None:
        with writing():
            services.retry(actor, number)  # type: ignore[arg-type]

    with pytest.raises(Forbidden):
        refused(ANONYMOUS, entry_id)
    with pytest.raises(Conflict):
        refused(SYSTEM, entry_id)
    with pytest.raises(NotFound):
        refused(SYSTEM, entry_id + 1)


@both_databases
def test_done_entries_are_forgotten_after_a_week_and_others_never() -> None:
    ring(BellRang(1), BellRang(2))
    run_entry(db.session.execute(select(OutboxEntry.id).limit(1)).scalar_one())
    for days, left in ((6, 2), (8, 1), (800, 1)):
        with clock.freeze(datetime.now(UTC) + timedelta(days=days)), writing():
            services.purge()
        assert queries.list_recent(1).total == left


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_wrong_clock_of_this_process_makes_nothing_early_or_late(
    monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    class WrongClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "WrongClock":
            return cls.fromtimestamp(time.time() + 60 * minutes, tz)

    monkeypatch.setattr(clock, "datetime", WrongClock)
    assert abs(clock.now() - clock.db_now()) > timedelta(minutes=9)
    ring(BellRang(1), BellRang(2, fails=True))
    due = queries.list_due(["default"], 10)
    assert [run_entry(entry.id) for entry in due] == [True, False]
    assert queries.list_due(["default"], 10) == []
    entry = db.session.get(OutboxEntry, due[1].id)
    assert entry is not None
    assert abs(entry.due_at - clock.db_now() - PAUSES[0]) < timedelta(seconds=1)
