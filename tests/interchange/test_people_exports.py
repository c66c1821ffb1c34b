"""The roster as a table: what the filters show, safe for whatever opens it, and written down."""

import csv
import io

import pytest

from app.blueprints.courses.models import Course
from app.blueprints.enrollments import services
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.interchange.rules import harmless
from app.core.audit import AuditEvent
from app.core.db import db, writing
from tests.enrollments.acts import fill, queue, teacher_of
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.interchange.listing import at, send
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def course(client: CheckedClient) -> Course:
    made = make_course("Soil")
    sign_in(client, owner_of(made))
    return made


def exported(client: CheckedClient, course: Course, **fields: str) -> list[list[str]]:
    response = client.post(at(course, "exports"), data=fields)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_what_the_filters_show_goes_out(client: CheckedClient, course: Course) -> None:
    make_enrollment(make_user("Ada", email="ada@example.org"), course)
    make_enrollment(make_user("Ben", email="ben@example.org"), course, S.PAUSED)
    make_enrollment(make_user("Chi", email="chi@example.org"), make_course("Bread"))
    everybody = exported(client, course)
    assert everybody[0][:4] == ["email", "name", "status", "cohort"]
    assert [row[0] for row in everybody[1:]] == ["ada@example.org", "ben@example.org"]
    assert len({len(row) for row in everybody}) == 1
    assert [row[2] for row in exported(client, course, status="paused")[1:]] == ["paused"]
    assert [row[1] for row in exported(client, course, q="ada")[1:]] == ["Ada"]
    event = db.session.query(AuditEvent).filter_by(action="roster.exported").first()
    assert event is not None
    assert event.object_id == str(course.id)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(client: CheckedClient, course: Course, start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless("Ada = Okafor") == "Ada = Okafor"
    make_enrollment(make_user(f"{start}cmd|' /C calc'!A0", email="ada@example.org"), course)
    [row] = exported(client, course)[1:]
    assert row[1].startswith("'")
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_what_went_out_comes_in_again(client: CheckedClient, course: Course) -> None:
    make_enrollment(make_user("Ada", email="ada@example.org"), course)
    out = client.post(at(course, "exports")).data
    assert "Nothing to do" in client.get(send(client, course, out)).text


def test_who_waits_goes_out_too(client: CheckedClient, course: Course) -> None:
    with writing():
        services.set_capacity(teacher_of(course), course_id=course.id, capacity=1)
    fill(course, "Ada")
    queue(course, 1)
    everybody = exported(client, course)
    assert [row[1:3] for row in everybody[1:]] == [["Ada", "enrolled"], ["Waiting 0", "waiting"]]
    assert len({len(row) for row in everybody}) == 1


def test_many_go_out_in_parts(client: CheckedClient, course: Course) -> None:
    for number in range(30):
        make_enrollment(make_user(f"P{number}"), course)
    with count_sql() as few:
        assert len(exported(client, course)) == 31
    assert len(few) <= 14, str(few)


def test_learners_take_nothing_out(client: CheckedClient, course: Course) -> None:
    sign_in(client, make_user("Eve"))
    assert client.post(at(course, "exports")).status_code == 403
