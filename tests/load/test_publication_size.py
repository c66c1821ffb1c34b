"""Publishing a large course to many learners: seconds, and statements that do not grow."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.builder.models import Publication, PublicationState
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.blueprints.learning.models import CourseProgress
from app.blueprints.learning.services import progress
from app.core.actor import Actor
from app.core.db import db
from app.core.outbox.models import IS_OPEN, OutboxEntry
from app.core.outbox.run import run_entry
from tests.builder.steps import keys_of, working, write
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.load.crowd import make_crowd
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

pytestmark = [pytest.mark.load, pytest.mark.slow, pytest.mark.timeout(600), both_databases]
LEARNERS, LEARNERS_IN_SHORT, LESSONS = 5_000, 1_000, 200
WEB_SECONDS, JOB_SECONDS = 2.0, 30.0
# So long may one transaction last: on SQLite it keeps all other writers waiting, on PostgreSQL
# only those of the same course.
LONGEST = {"sqlite": 1.0, "postgresql": 3.0}


@dataclass
class Cost:
    """What one step took; of jobs, each by itself."""

    seconds: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


def costs(client: CheckedClient, admin: Actor, course: Course) -> tuple[Cost, Cost, Cost]:
    """Rewrite every lesson, look at the last step, publish and have the jobs done."""
    lessons = [key for _, keys in keys_of(course) for key in keys]
    for key in lessons:
        write(admin, course, key, f"<p>News of {key}.</p>")
    web, publishing, renewing = Cost(), Cost(), Cost()
    address = f"/teaching/{course.slug}"
    form = {"revision": working(course).revision, "redo": lessons[:5], "note": "All is new."}
    for method, path, data in (("GET", "review", None), ("POST", "publication", form)):
        with measured(web):
            answer = client.open(f"{address}/{path}", method=method, data=data)
        assert answer.status_code in (200, 202)
    for entry_id, handler in waiting():
        with measured(publishing if handler == "builder.publish" else renewing):
            assert run_entry(entry_id)
    return web, publishing, renewing


class measured:  # noqa: N801  # reads as a statement
    """Add the time and the statements of the block to a cost."""

    def __init__(self, cost: Cost) -> None:
        self.cost, self.sql = cost, count_sql()

    def __enter__(self) -> None:
        self.began, self.sent = time.monotonic(), self.sql.__enter__()

    def __exit__(self, *error: object) -> None:
        self.cost.seconds.append(time.monotonic() - self.began)
        self.sql.__exit__(None, None, None)
        self.cost.statements.append(len(self.sent))


def waiting() -> Iterator[tuple[int, str]]:
    """What the worker has to do, until there is nothing more."""
    while True:
        db.session.rollback()
        due = select(OutboxEntry.id, OutboxEntry.handler).where(IS_OPEN).order_by(OutboxEntry.id)
        row = db.session.execute(due).first()
        if row is None:
            return
        yield row.id, row.handler


@pytest.fixture
def admin(app: Flask, client: CheckedClient) -> Actor:
    """Somebody who may publish anything, signed in."""
    user = make_user("Ines Cole", roles=["admin"])
    sign_in(client, user)
    return actor_for(user)


def test_two_hundred_lessons_to_thousands_of_learners(
    client: CheckedClient,
    admin: Actor,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    is_long = pytestconfig.getoption("--soak") or db.engine.dialect.name == "sqlite"
    learners = LEARNERS if is_long else LEARNERS_IN_SHORT
    large = make_crowd(learners, LESSONS)
    web, publishing, renewing = costs(client, admin, large)
    jobs = publishing.seconds + renewing.seconds
    print(
        f"\n{db.engine.dialect.name}: web {max(web.seconds):.2f} s, jobs {sum(jobs):.2f} s,"
        f" longest {max(jobs):.2f} s; statements {web.statements}, {publishing.statements},"
        f" {renewing.statements}"
    )
    assert db.session.execute(select(Publication.state)).scalars().all() == [PublicationState.DONE]
    done = select(func.count()).where(
        CourseProgress.version_id == get_course(large.id).current_version_id,
        CourseProgress.done == LESSONS - 1 - 5,
    )
    assert db.session.execute(done).scalar_one() == learners
    assert sum(web.seconds) < WEB_SECONDS
    assert sum(jobs) < JOB_SECONDS
    assert max(jobs) < LONGEST[db.engine.dialect.name]
    monkeypatch.setattr(progress, "BATCH", 20)
    small = costs(client, admin, make_crowd(50, 20))
    # How many have finished each rewritten lesson is told where these are few.
    assert web.statements == [small[0].statements[0] - 1, small[0].statements[1]]
    # The facts of a text from before they were kept are worked out once, by the first publication.
    assert small[1].statements == [publishing.statements[0] - 1]
    # Each batch takes as many, however many it has; the last one has nothing more to ask for.
    assert set(renewing.statements[:-1]) == set(small[2].statements[:-1])
