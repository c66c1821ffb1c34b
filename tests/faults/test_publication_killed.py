"""The worker is killed in mid-publication: learners see the old version or the new, never both."""

import os
import random
import signal
import time

import pytest
from sqlalchemy import func, select

from app.blueprints.builder import services
from app.blueprints.builder.models import Publication, PublicationState
from app.blueprints.courses.models import Course, CourseVersion, Lesson, LessonDraft
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.steps import keys_of, working, write
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.support.servers import Process, School, StartSchool

LESSONS = 120
# A publication of this size takes about this long; the kill falls somewhere into it.
LONGEST_WAIT = 0.5
PATIENCE = 60.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]


def change_and_ask(author: Actor, course: Course, text: str) -> Publication:
    """Rewrite one lesson and ask for publication."""
    lesson = keys_of(course)[0][1][0]
    write(author, course, lesson, f"<p>{text}</p>")
    with writing():
        return services.request_publication(
            author, course_id=course.id, revision=working(course).revision
        )


def assert_whole(course_id: int, before: int | None) -> bool:
    """The course is wholly at its old version or wholly at a new one; return whether new."""
    course = get_course(course_id)
    assert course.current_version_id is not None
    shown = db.session.get_one(CourseVersion, course.current_version_id)
    assert shown.number is not None
    bodies = select(func.count(Lesson.body_id)).filter_by(version_id=shown.id)
    assert db.session.execute(bodies).scalar_one() == LESSONS
    drafts = (
        select(func.count(LessonDraft.id))
        .join(Lesson, Lesson.id == LessonDraft.lesson_id)
        .where(Lesson.version_id == shown.id)
    )
    assert db.session.execute(drafts).scalar_one() == 0
    return shown.id != before


def finish(publication_id: int) -> float:
    """Wait until the publication is done; return the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        db.session.rollback()
        if db.session.get_one(Publication, publication_id).state is PublicationState.DONE:
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError("the publication was never finished")


def kill_soon(school: School, worker: Process, seed: int) -> None:
    """Kill the worker with all its children at a random moment."""
    time.sleep(random.Random(seed).uniform(0, LONGEST_WAIT))
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_killed_workers_leave_one_whole_version(
    kind: str, start_school: StartSchool, rounds: int
) -> None:
    school = start_school(kind, worker=False)
    slowest = 0.0
    with school.app.app_context():
        author = actor_for(make_user("Ines Cole", roles=["admin"]))
        course = make_course(modules=4, lessons=LESSONS // 4)
        for seed in range(max(3, rounds // 2)):
            worker = school.command("worker", "--local")
            before = get_course(course.id).current_version_id
            time.sleep(1.5)  # it is up and idle
            publication = change_and_ask(author, course, f"Round {seed}")
            kill_soon(school, worker, seed)
            assert_whole(course.id, before)
            heir = school.command("worker", "--local")
            slowest = max(slowest, finish(publication.id))
            assert assert_whole(course.id, before)
            os.killpg(heir.pid, signal.SIGKILL)
            heir.wait()
    print(f"{kind}: slowest recovery {slowest:.1f} s")
    assert slowest < PATIENCE
