"""Lists of people over HTTP: read, shown, agreed to; whole or not at all; and out again."""

import pytest
from sqlalchemy import select, text, update

from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment, Invitation
from app.blueprints.interchange import services
from app.blueprints.interchange.models import PeopleList
from app.blueprints.interchange.services import lists
from app.core import clock
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from app.core.outbox.run import run_entry
from app.core.storage import storage
from tests.builder.pages import give_role
from tests.enrollments.acts import teacher_of
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.interchange.listing import AGREED, agree, at, send, upload
from tests.interchange.roster.files import SECRET, bundle
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def course(client: CheckedClient) -> Course:
    made = make_course("Soil", capacity=2)
    sign_in(client, owner_of(made))
    return made


def work() -> None:
    """Do what a worker would."""
    for (entry_id,) in db.session.query(OutboxEntry.id).filter_by(done_at=None).all():
        run_entry(entry_id)
    db.session.rollback()


def number_of(model: type) -> int:
    db.session.rollback()
    return int(db.session.query(model).count())


PEOPLE = (
    "email,name,cohort\n"
    "ada@example.org,Ada,Spring\n"
    "no address,Ben,\n"
    "chi@example.org,Chi,Winter\n"
    "dov@example.org,Dov,\n"
)


def test_a_list_is_looked_at_then_brought_in_and_twice_is_once(
    client: CheckedClient, course: Course
) -> None:
    with writing():
        plan = enrollments.CohortPlan("Spring")
        enrollments.add_cohort(teacher_of(course), course_id=course.id, plan=plan)
    make_user("Ada", email="ada@example.org")
    assert f'href="{at(course, "lists/new")}"' in client.get(at(course, "")[:-1]).text
    preview = send(client, course, PEOPLE)
    page = client.get(preview).text
    for words in ("Bring 2 people in", "“no address” is no e-mail address.", "no such cohort"):
        assert words in page
    assert ">3<" in page
    assert number_of(Enrollment) == number_of(Invitation) == 0
    assert "Chi" not in client.get(f"{preview}?show=seat").text
    assert agree(client, preview).status_code == 303
    assert "is in" in client.get(preview).text
    assert (number_of(Enrollment), number_of(Invitation)) == (1, 1)
    agree(client, preview, "x")
    again = send(client, course, PEOPLE)
    page = client.get(again).text
    assert "Nothing to do" in page
    assert "Is here already" in page
    assert "Is invited already" in page
    assert (number_of(Enrollment), number_of(Invitation)) == (1, 1)


def test_the_course_may_have_changed_meanwhile(client: CheckedClient, course: Course) -> None:
    for name in ("ada", "dov"):
        make_user(name, email=f"{name}@example.org")
    preview = send(client, course, "email\nada@example.org\ndov@example.org\n")
    found = AGREED.search(client.get(preview).text)
    assert found
    make_enrollment(make_user("Faster"), course)
    refused = agree(client, preview, found[1])
    assert refused.status_code == 409
    assert "has changed since you looked" in refused.text
    assert "Waits in line: every seat is taken" in refused.text
    assert number_of(Enrollment) == 1
    assert agree(client, preview).status_code == 303
    assert number_of(Enrollment) == 3


def test_a_list_names_the_cohort_of_those_for_whom_the_file_does_not(
    client: CheckedClient, course: Course
) -> None:
    with writing():
        plan = enrollments.CohortPlan("Spring")
        spring = enrollments.add_cohort(teacher_of(course), course_id=course.id, plan=plan).id
    make_user("Ada", email="ada@example.org")
    agree(client, send(client, course, "email\nada@example.org\n", cohort="Spring"))
    assert db.session.execute(select(Enrollment.cohort_id)).scalar_one() == spring
    assert upload(client, course, "email\nx@example.org\n", cohort="Nowhere").status_code == 422


def test_a_long_list_is_left_to_a_worker(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_AT_ONCE", 1)
    preview = send(client, course, "email\nada@example.org\ndov@example.org\n")
    agree(client, preview)
    waiting = client.get(preview).text
    assert "hx-get" in waiting
    assert number_of(Invitation) == 0
    work()
    assert "is in" in client.get(preview).text
    assert number_of(Invitation) == 2


@pytest.mark.parametrize("reason", ["changed", "no rights", "gone"])
def test_a_worker_does_all_or_says_why_not(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    monkeypatch.setattr(lists, "MOST_AT_ONCE", 0)
    make_user("Ada", email="ada@example.org")
    preview = send(client, course, "email\nada@example.org\nnew@example.org\n")
    agree(client, preview)
    if reason == "changed":
        for name in ("Ben", "Chi"):
            make_enrollment(make_user(name), course)
    elif reason == "no rights":
        with writing():
            db.session.execute(text("UPDATE course_instructors SET role = 'assistant'"))
    else:
        storage().delete(db.session.query(PeopleList).one().digest)
    work()
    assert number_of(Invitation) == 0
    shown = client.get(preview)
    if reason == "no rights":
        assert shown.status_code == 403
    else:
        assert "was not brought in" in shown.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name\nAda\n", "No column is called"),
        (b"\x00\x01\x02\x03" * 50, "not a text file"),
        ("", "nobody in it"),
    ],
)
def test_what_is_no_list_is_told_at_the_file(
    client: CheckedClient, course: Course, content: bytes | str, words: str
) -> None:
    answer = upload(client, course, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert number_of(PeopleList) == 0


def test_too_large_a_file_is_turned_away(client: CheckedClient, course: Course) -> None:
    assert upload(client, course, b"email\n" + b"x" * 10_600_000).status_code == 413
    assert client.post(at(course), data={"cohort": ""}).status_code == 422


def test_a_bundle_comes_in_without_its_passwords(
    client: CheckedClient, course: Course, capfd: pytest.CaptureFixture[str]
) -> None:
    preview = send(client, course, bundle())
    page = client.get(preview).text
    assert "ada@example.org" in page
    with storage().open(db.session.query(PeopleList).one().digest) as file:
        kept = file.read().decode()
    agree(client, preview)
    said = page + kept + client.get(preview).text + "".join(capfd.readouterr())
    assert SECRET not in said
    db.session.rollback()
    tables = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
    for (name,) in tables.all():
        rows = db.session.execute(text(f'SELECT * FROM "{name}"')).all()
        assert SECRET not in repr(rows), name


def test_a_list_is_forgotten_when_told_and_after_a_day(
    client: CheckedClient, course: Course
) -> None:
    first = send(client, course, PEOPLE)
    digest = db.session.query(PeopleList).one().digest
    second = send(client, course, PEOPLE)
    assert client.delete(first).status_code == 303
    storage().open(digest).close()
    with writing():
        services.forget_lists()
    storage().open(digest).close()
    with writing():
        early = clock.now().replace(year=2020)
        db.session.execute(update(PeopleList).values(requested_at=early))
    with writing():
        services.forget_lists()
    with pytest.raises(FileNotFoundError):
        storage().open(digest)
    assert "is forgotten" in client.get(second).text


def test_who_may(client: CheckedClient, course: Course) -> None:
    preview = send(client, course, PEOPLE)
    colleague, assistant = make_user("Tomas"), make_user("Uma")
    give_role(course, colleague, CourseRole.INSTRUCTOR)
    give_role(course, assistant, CourseRole.ASSISTANT)
    sign_in(client, colleague)
    assert client.get(preview).status_code == 404
    assert client.delete(preview).status_code == 404
    assert client.post(f"{preview}/agreement").status_code == 404
    for person in (assistant, make_user("Eve")):
        sign_in(client, person)
        for address in (preview, at(course, "lists/new")):
            assert client.get(address).status_code == 403
        assert upload(client, course, PEOPLE).status_code == 403


@pytest.mark.parametrize("people", [10, 2_000])
def test_a_preview_is_a_few_statements(client: CheckedClient, course: Course, people: int) -> None:
    rows = "".join(f"p{n}@example.org\n" for n in range(people))
    preview = send(client, course, "email\n" + rows)
    with count_sql(at_most=10):
        assert client.get(preview).status_code == 200
