"""The worker is killed in mid-job: what people see is the old state or the new, never a mixture."""

import io
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update

from app.blueprints.builder import services as builder
from app.blueprints.builder.events import PublicationRequested
from app.blueprints.courses.models import Course, Lesson, LessonBody, LessonDraft
from app.blueprints.courses.queries import get_course, last_number
from app.blueprints.interchange import services as interchange
from app.blueprints.interchange.events import ImportRequested
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.models import IS_OPEN, OutboxEntry
from app.core.storage import storage
from tests.builder.steps import keys_of, working, write
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.interchange.archives import zipped
from tests.support.servers import School, StartSchool
from tests.support.waiting import wait_until

LESSONS = 60
PATIENCE = 60.0
ASKED = (PublicationRequested.__name__, ImportRequested.__name__)
State = tuple[Any, ...]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Job:
    """What is asked for in round `n`, what it changes as people see it, and how long it takes.

    `is_new` tells whether a state is all that round `n` asked for.
    """

    ask: Callable[[int], object]
    state: Callable[[], State]
    is_new: Callable[[int, State], bool]
    seconds: float


def publication(author: Actor) -> Job:
    """One lesson was rewritten, and the draft is published."""
    course = make_course(lessons=LESSONS)
    first = keys_of(course)[0][1][0]

    def ask(n: int) -> None:
        write(author, course, first, f"<p>Round {n}</p>")
        with writing():
            revision = working(course).revision
            builder.request_publication(author, course_id=course.id, revision=revision)

    def is_new(n: int, state: State) -> bool:
        number, texts = state
        return number == n + 2 and len(texts) == LESSONS and f"Round {n}" in texts[0]

    return Job(ask, lambda: _published(course), is_new, seconds=0.08)


def revert(author: Actor) -> Job:
    """A copy of the first version is published; there are never more lessons than it has."""
    course = make_course(lessons=LESSONS)

    def ask(n: int) -> None:
        with writing():
            builder.request_revert(author, course_id=course.id, number=1, becomes=n + 2)

    def is_new(n: int, state: State) -> bool:
        return state == (n + 2, ["Read this."] * LESSONS)

    return Job(ask, lambda: _published(course), is_new, seconds=0.08)


def reimport(author: Actor) -> Job:
    """A course comes in once more, each lesson with another text."""
    course = make_course(published=False, lessons=0)

    def ask(n: int) -> None:
        files = {
            f"course/1-part/{at:02}-page.md": f"---\ntitle: Page {at}\n---\nRound {n}."
            for at in range(LESSONS)
        }
        with storage().staged(io.BytesIO(zipped(files)), most=1_000_000) as staged, writing():
            interchange.request_import(
                author, digest=staged.digest, file_name="course.zip", course_id=course.id
            )
            storage().keep(staged)

    def state() -> State:
        texts = (
            select(LessonDraft.text)
            .join(Lesson, Lesson.id == LessonDraft.lesson_id)
            .where(Lesson.version_id == working(course).id)
            .order_by(Lesson.position)
        )
        return (working(course).revision, list(db.session.execute(texts).scalars()))

    def is_new(n: int, state: State) -> bool:
        return bool(state[1] == [f"Round {n}."] * LESSONS)

    return Job(ask, state, is_new, seconds=0.4)


def _published(course: Course) -> State:
    """The number of the version that learners see, the last there is, and what its lessons say."""
    shown = get_course(course.id).current_version_id
    texts = (
        select(LessonBody.text)
        .join(Lesson, Lesson.body_id == LessonBody.id)
        .where(Lesson.version_id == shown)
        .order_by(Lesson.position)
    )
    return last_number(course.id), list(db.session.execute(texts).scalars())


def last_entry() -> OutboxEntry:
    """The job that was asked for last."""
    db.session.rollback()
    asked = select(OutboxEntry).where(OutboxEntry.event_name.in_(ASKED))
    return db.session.execute(asked.order_by(OutboxEntry.id.desc()).limit(1)).scalar_one()


def kill_within(school: School, seconds: float) -> None:
    """Kill the worker at any moment from the job's begin on; another worker begins at once."""
    wait_until(lambda: last_entry().attempts, PATIENCE, "the begin of the job")
    time.sleep(random.uniform(0, seconds))
    os.kill(school.pid_of("worker"), signal.SIGKILL)


def let_lease_pass() -> None:
    """Let the next worker have what the dead one was at, as if some minutes had passed."""
    with writing():
        mine = update(OutboxEntry).where(OutboxEntry.id == last_entry().id, IS_OPEN)
        db.session.execute(mine.values(leased_until=None, due_at=clock.db_time()))


def looked_at(job: Job) -> State:
    """How things stand now."""
    db.session.rollback()
    return job.state()


def tried(school: School, job: Job, n: int) -> bool:
    """Have the worker killed in round `n`, and the job done; return whether it was cut off."""
    before = looked_at(job)
    job.ask(n)
    kill_within(school, job.seconds)
    after = looked_at(job)
    let_lease_pass()
    wait_until(lambda: last_entry().done_at, PATIENCE, "the end of the job")
    end = looked_at(job)
    assert after in (before, end)
    assert job.is_new(n, end)
    return after == before


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_killed_workers_leave_the_old_state_or_the_new(
    kind: str, start_school: StartSchool, rounds: int
) -> None:
    school = start_school(kind, web=False, worker=False)
    with school.app.app_context():
        author = actor_for(make_user("Ines Cole", roles=["admin"]))
        school.respawning("worker", "--local")
        for begin in (publication, revert, reimport):
            job = begin(author)
            cut = [tried(school, job, n) for n in range(max(2, rounds // 4))]
            print(f"{kind}, {begin.__name__}: {sum(cut)} of {len(cut)} were cut off")
