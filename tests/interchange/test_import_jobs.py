"""Imports in the browser: asked for, carried out in a worker, reported; whole or not at all."""

import io
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.blueprints.accounts.models import User
from app.blueprints.builder.queries import board
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import find_course, get_course
from app.blueprints.interchange import services
from app.blueprints.interchange.models import ImportJob, ImportState
from app.blueprints.interchange.services import ending, jobs
from app.blueprints.interchange.services.importing import import_course
from app.core import clock
from app.core.db import db, writing
from app.core.errors import Forbidden
from app.core.outbox.models import OutboxEntry
from app.core.outbox.run import run_entry
from app.core.storage import storage
from tests.builder.pages import give_role
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.interchange.archives import GOOD, HOSTILE, zipped
from tests.support.client import PART, CheckedClient, hidden_key


@pytest.fixture
def author(app: Flask) -> User:
    return make_user("Miriam Rao", roles=["contributor"])


@pytest.fixture
def desk(client: CheckedClient, author: User) -> CheckedClient:
    sign_in(client, author)
    return client


def send(client: CheckedClient, content: bytes, into: object = "", key: str = "") -> Any:
    """Send an archive, as the form does."""
    form = {"into": str(into), "key": key, "file": (io.BytesIO(content), "bread.zip")}
    return client.post("/teaching/imports", data=form, content_type="multipart/form-data")


def work() -> None:
    """Do what a worker would."""
    waiting = db.session.query(OutboxEntry.id).filter_by(done_at=None).all()
    for (entry_id,) in waiting:
        run_entry(entry_id)
    db.session.rollback()


def is_kept(job: ImportJob) -> bool:
    """Whether the bytes that were sent are still there."""
    try:
        storage().open(job.digest).close()
    except FileNotFoundError:
        return False
    return True


def titles(course: Course) -> list[str]:
    return [c.lesson.title for column in board(course).modules for c in column.lessons]


def test_a_new_course_from_a_zip(desk: CheckedClient) -> None:
    assert 'href="/teaching/imports/new"' in desk.get("/teaching/courses/new").text
    assert "multipart/form-data" in desk.get("/teaching/imports/new").text
    files = {**GOOD, "course/notes.txt": "x"}
    sent = send(desk, zipped(files))
    assert sent.status_code == 303
    waiting = desk.get(sent.location)
    assert "hx-get" in waiting.text
    assert "<html" not in desk.get(sent.location, headers=PART).text
    job = db.session.query(ImportJob).one()
    assert is_kept(job)
    work()
    page = desk.get(sent.location).text
    assert "“Bread” is in" in page
    assert "course/notes.txt" in page
    assert "hx-get" not in page
    made = find_course("bread")
    assert made is not None
    assert titles(made) == ["Flour", "Water"]
    assert made.current_version_id is None
    assert not is_kept(db.session.query(ImportJob).one())


def test_into_a_course_of_mine_its_draft_is_brought_up_to_date(desk: CheckedClient) -> None:
    send(desk, zipped(GOOD))
    work()
    made = find_course("bread")
    assert made is not None
    made_id = made.id
    keys = [c.lesson.key for column in board(made).modules for c in column.lessons]
    changed = {**GOOD, "course/1-dough/1-flour.md": "---\ntitle: Flour\n---\nSift it."}
    changed["course/2-oven/1-heat.md"] = "Hot."
    sent = send(desk, zipped(changed), into=made_id)
    work()
    page = desk.get(sent.location).text
    assert "1 lesson is new" in page
    assert "1 has another text" in page
    now = get_course(made_id)
    assert [c.lesson.key for column in board(now).modules for c in column.lessons][:2] == keys


def test_what_is_wrong_is_told_with_file_and_line_and_nothing_is_made(desk: CheckedClient) -> None:
    files = {**GOOD, "course/1-dough/3-x.md": "One\n\n![bread](nowhere.png)"}
    sent = send(desk, zipped(files))
    work()
    page = desk.get(sent.location).text
    assert "was not brought in" in page
    assert "1-dough/3-x.md:3" in page
    assert find_course("bread") is None
    job = db.session.query(ImportJob).one()
    assert job.state is ImportState.FAILED
    assert not is_kept(job)


@pytest.mark.parametrize("kind", ["slip", "symlink", "1000:1", "no archive"])
def test_hostile_archives_end_in_words(desk: CheckedClient, kind: str) -> None:
    sent = send(desk, HOSTILE[kind]())
    work()
    assert "was not brought in" in desk.get(sent.location).text
    assert db.session.query(Course).count() == 0


def test_an_archive_sent_twice_is_brought_in_once(desk: CheckedClient) -> None:
    key = hidden_key(desk, "/teaching/imports/new", "/teaching/imports")
    content = zipped(GOOD)
    sent = [send(desk, content, key=key).location for _ in range(2)]
    assert sent[0] == sent[1]
    assert db.session.query(ImportJob).count() == 1
    assert send(desk, content).location != sent[0]


def test_what_cannot_be_sent(desk: CheckedClient) -> None:
    none = desk.post("/teaching/imports", data={"into": ""}, content_type="multipart/form-data")
    assert none.status_code == 422
    assert "Choose a file" in none.text
    foreign = make_course("Foreign")
    assert send(desk, zipped(GOOD), into=foreign.id).status_code == 422
    assert db.session.query(ImportJob).count() == 0


def test_who_may(client: CheckedClient, author: User) -> None:
    assert client.get("/teaching/imports/new").status_code == 303
    learner = make_user()
    sign_in(client, learner)
    assert client.get("/teaching/imports/new").status_code == 403
    assert send(client, zipped(GOOD)).status_code == 403
    sign_in(client, author)
    sent = send(client, zipped(GOOD))
    sign_in(client, learner)
    assert client.get(sent.location).status_code == 404


def test_rights_are_looked_at_again_when_it_is_done(desk: CheckedClient, author: User) -> None:
    sent = send(desk, zipped(GOOD))
    with writing():
        db.session.execute(update(User).where(User.id == author.id).values(is_contributor=False))
    work()
    assert "You may not do this" in desk.get(sent.location).text
    assert find_course("bread") is None


def test_an_instructor_brings_into_their_course_only(client: CheckedClient) -> None:
    course = make_course("Soil", published=False)
    colleague = give_role(course, make_user(), CourseRole.INSTRUCTOR)
    sign_in(client, colleague)
    assert "A new course" not in client.get("/teaching/imports/new").text
    assert send(client, zipped(GOOD), into=course.id).status_code == 303
    work()
    assert "Flour" in titles(get_course(course.id))


def test_a_refusal_half_way_leaves_nothing(
    desk: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_the_end(*arguments: Any) -> None:
        import_course(*arguments)
        raise Forbidden

    monkeypatch.setattr(jobs, "import_course", fails_at_the_end)
    sent = send(desk, zipped(GOOD))
    work()
    assert "was not brought in" in desk.get(sent.location).text
    assert db.session.query(Course).count() == 0


def test_a_worker_that_dies_is_followed_by_another(
    desk: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_arguments: Any) -> None:
        raise Killed

    sent = send(desk, zipped(GOOD))
    monkeypatch.setattr(jobs, "import_course", die)
    with pytest.raises(Killed):
        work()
    db.session.rollback()
    assert db.session.query(Course).count() == 0
    assert "hx-get" in desk.get(sent.location).text
    monkeypatch.setattr(jobs, "import_course", import_course)
    with writing():
        past = clock.now().replace(year=2020)
        db.session.execute(update(OutboxEntry).values(leased_until=past))
    work()
    assert "“Bread” is in" in desk.get(sent.location).text
    work()
    assert db.session.query(Course).count() == 1


def test_an_archive_that_is_sent_again_as_its_import_ends_stays(
    desk: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget = ending._forget

    def too_late(digest: str, before: datetime) -> None:
        storage().put(io.BytesIO(zipped(GOOD)), most=10**6)
        forget(digest, before)

    send(desk, zipped(GOOD))
    monkeypatch.setattr(ending, "_forget", too_late)
    work()
    assert is_kept(db.session.query(ImportJob).one())


def test_what_nobody_could_finish_is_given_up(desk: CheckedClient) -> None:
    sent = send(desk, zipped(GOOD))
    with writing():
        services.give_up()
    assert "hx-get" in desk.get(sent.location).text
    with writing():
        early = clock.now().replace(year=2020)
        db.session.execute(update(ImportJob).values(requested_at=early))
    with writing():
        services.give_up()
    assert "could not be brought in" in desk.get(sent.location).text
    assert not is_kept(db.session.query(ImportJob).one())
    work()
    assert db.session.query(Course).count() == 0
