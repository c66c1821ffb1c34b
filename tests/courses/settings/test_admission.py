"""How people get in: kinds of enrolment, prices, waitlists, and courses to take first."""

import re
import threading
from datetime import UTC, datetime
from functools import partial

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.blueprints.accounts.models import User
from app.blueprints.courses import queries, services
from app.blueprints.courses.models import (
    Course,
    CoursePrerequisite,
    CourseStatus,
    EnrollmentType,
)
from app.blueprints.courses.queries import required_by_course
from app.blueprints.courses.rules.prerequisites import closes_a_circle
from app.blueprints.courses.rules.prices import DIGITS, HIGHEST, NoPrice, parse_price, write_price
from app.blueprints.courses.services import prerequisites
from app.core.audit import AuditEvent
from app.core.db import db, writing
from tests.courses.settings.conftest import again
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.client import PART, CheckedClient
from tests.support.races import at_once
from tests.support.sql import count_sql

FORM = {
    "enrollment_type": "approval",
    "price": "49.50",
    "currency": "EUR",
    "has_waitlist": "y",
    "offer_hours": "24",
}


def test_saving_how_people_get_in(desk: CheckedClient, course: Course) -> None:
    with count_sql(at_most=10):
        page = desk.get("/teaching/soil/settings/admission").text
    assert "Whoever has not completed them is not let in" in page  # says what is in force now
    saved = desk.post("/teaching/soil/settings/admission", data=FORM)
    assert (saved.status_code, saved.location) == (303, "/teaching/soil/settings/admission")
    now = again(course)
    assert now.enrollment_type is EnrollmentType.APPROVAL
    assert (now.price, now.currency, now.has_waitlist, now.offer_hours) == (4950, "EUR", True, 24)
    assert 'value="49.50"' in desk.get("/teaching/soil/settings/admission").text
    act = db.session.query(AuditEvent).filter_by(action="course.admission").one()
    assert act.detail["changed"]["price"] == [0, 4950]
    assert "49.50" in desk.get("/courses/soil").text


def test_enrolment_opens_and_closes(desk: CheckedClient, course: Course) -> None:
    window = {"enrolment_opens_at": "2027-01-10T08:00", "enrolment_closes_at": "2027-02-10T20:00"}
    sent = {**FORM, **window, "completion_frees_seat": "y"}
    assert desk.post("/teaching/soil/settings/admission", data=sent).status_code == 303
    now = again(course)
    assert now.enrolment_opens_at == datetime(2027, 1, 10, 8, tzinfo=UTC)
    assert now.enrolment_closes_at == datetime(2027, 2, 10, 20, tzinfo=UTC)
    assert now.completion_frees_seat
    assert 'value="2027-01-10T08:00"' in desk.get("/teaching/soil/settings/admission").text
    sent["enrolment_closes_at"] = "2027-01-10T08:00"
    refused = desk.post("/teaching/soil/settings/admission", data=sent)
    assert refused.status_code == 422
    assert "has to close after it opens" in refused.text
    sent["enrolment_closes_at"] = "soon"
    refused = desk.post("/teaching/soil/settings/admission", data=sent)
    assert "Choose a day and a time" in refused.text
    assert desk.post("/teaching/soil/settings/admission", data=FORM).status_code == 303
    assert again(course).enrolment_opens_at is None


def test_a_priced_course_cannot_be_open(desk: CheckedClient, course: Course) -> None:
    sent = {**FORM, "enrollment_type": "open"}
    refused = desk.post("/teaching/soil/settings/admission", data=sent)
    assert refused.status_code == 422
    assert "cannot be open to everybody" in refused.text
    assert again(course).price == 0


@both_databases
def test_the_database_holds_it_too(app: Flask) -> None:
    course = make_course()
    with pytest.raises(IntegrityError, match="priced_not_open"), writing():
        db.session.execute(update(Course).where(Course.id == course.id).values(price=1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"enrollment_type": "anyhow"},
        {"price": "a lot"},
        {"price": "1.234"},
        {"price": "-1"},
        {"price": "99999999999"},
        {"currency": "XXX"},
        {"offer_hours": "0"},
        {"offer_hours": "721"},
        {"offer_hours": ""},
    ],
)
def test_what_cannot_be_is_refused(
    desk: CheckedClient, course: Course, wrong: dict[str, str]
) -> None:
    refused = desk.post("/teaching/soil/settings/admission", data={**FORM, **wrong})
    assert refused.status_code == 422
    assert again(course).offer_hours == 48


def test_only_owners_decide_who_gets_in(
    client: CheckedClient, course: Course, instructor: User
) -> None:
    for user in (make_user(), instructor):
        sign_in(client, user)
        assert client.post("/teaching/soil/settings/admission", data=FORM).status_code == 403
    assert "An owner of the course decides" in client.get("/teaching/soil/settings/admission").text


@given(st.sampled_from(sorted(DIGITS)), st.integers(1, HIGHEST))
def test_prices_are_read_as_they_are_written(currency: str, price: int) -> None:
    assert parse_price(write_price(price, currency), currency) == price


@pytest.mark.parametrize(
    ("typed", "price"), [("", 0), ("0", 0), ("12", 1200), ("12,5", 1250), (" 0.05 ", 5)]
)
def test_prices_as_people_write_them(typed: str, price: int) -> None:
    assert parse_price(typed, "EUR") == price
    with pytest.raises(NoPrice):
        parse_price("1.5", "JPY")


def test_asking_for_another_course(desk: CheckedClient, course: Course) -> None:
    first = make_course("Maps", slug="maps")
    asked = desk.post("/teaching/soil/prerequisites", data={"required": " Maps "})
    assert (asked.status_code, asked.location) == (303, "/teaching/soil/settings/admission")
    desk.post("/teaching/soil/prerequisites", data={"required": "maps"})
    assert required_by_course() == {course.id: {first.id}}
    with count_sql(at_most=8):
        page = desk.get("/courses/soil").text
    assert 'href="/courses/maps"' in page
    gone = desk.delete(f"/teaching/soil/prerequisites/{first.id}")
    assert gone.status_code == 303
    assert required_by_course() == {}
    assert desk.delete(f"/teaching/soil/prerequisites/{first.id}").status_code == 404


@both_databases
def test_courses_to_ask_for_are_found_while_one_types(
    desk: CheckedClient, course: Course, owner: User
) -> None:
    make_course("Maps and scales", slug="maps")
    make_course("My maps", slug="mine", owner=owner, published=False)
    make_course("Hidden maps", slug="hidden", published=False)
    make_course("Old maps", slug="old", status=CourseStatus.ARCHIVED)
    url = "/teaching/soil/prerequisites"
    with count_sql(at_most=10):
        part = desk.get(f"{url}?q=MAP", headers=PART).text
    assert re.findall('name="required" value="([a-z]+)"', part) == ["maps", "mine"]
    assert "2 courses found" in part
    page = desk.get(f"{url}?q=maps").text
    assert "Choose “Maps and scales”" in page
    assert "Getting in" in page
    desk.post(url, data={"required": "maps"})
    desk.post("/teaching/mine/prerequisites", data={"required": "soil"})
    part = desk.get(f"{url}?q=map", headers=PART).text
    assert "No course of these words" in part  # one is asked for, the other asks for this one
    assert "<li>" not in desk.get(f"{url}?q=", headers=PART).text
    assert "100" not in desk.get(f"{url}?q=100%25_", headers=PART).text


def test_looking_for_courses_is_the_authors_only(client: CheckedClient, course: Course) -> None:
    sign_in(client, make_user())
    assert client.get("/teaching/soil/prerequisites?q=maps").status_code == 403


def test_strangers_see_a_changed_prerequisite_at_once(
    client: CheckedClient, course: Course, owner: User
) -> None:
    first = make_course("Maps", slug="maps")
    before = client.get("/courses/soil")
    with writing():
        services.add_prerequisite(actor_for(owner), course_id=course.id, slug="maps")
    assert "Maps" in client.get("/courses/soil").text
    shown = client.get("/courses/soil").headers["ETag"]
    assert shown != before.headers["ETag"]
    with writing():
        renamed = db.session.get_one(Course, first.id)
        renamed.title = "Charts"
    assert client.get("/courses/soil").headers["ETag"] != shown


@pytest.mark.parametrize("required", ["", "soil", "nowhere", "hidden"])
def test_courses_that_cannot_be_asked_for(
    desk: CheckedClient, course: Course, required: str
) -> None:
    make_course("Hidden", slug="hidden", published=False)
    refused = desk.post("/teaching/soil/prerequisites", data={"required": required})
    assert refused.status_code == 422
    assert required_by_course() == {}


def test_a_circle_is_refused_by_name(desk: CheckedClient, course: Course, owner: User) -> None:
    for title in ("Middle", "Last"):
        make_course(title, slug=title.lower(), owner=owner)
    desk.post("/teaching/soil/prerequisites", data={"required": "middle"})
    desk.post("/teaching/middle/prerequisites", data={"required": "last"})
    refused = desk.post("/teaching/last/prerequisites", data={"required": "soil"})
    assert refused.status_code == 422
    assert "“Soil and water” already asks for this course" in refused.text


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=40))
def test_no_order_of_additions_makes_a_circle(wanted: list[tuple[int, int]]) -> None:
    required: dict[int, set[int]] = {}
    for course, other in wanted:
        closes = closes_a_circle(required, course, other)
        tried = {**required, course: {*required.get(course, ()), other}}
        assert closes is has_a_circle(tried)
        if not closes:
            required = tried
    assert not has_a_circle(required)


def has_a_circle(required: dict[int, set[int]]) -> bool:
    """Take away what asks for nothing, again and again; what is left goes in circles."""
    left = {course: set(others) for course, others in required.items() if others}
    while left:
        free = [one for one, others in left.items() if not others & left.keys()]
        if not free:
            return True
        for one in free:
            del left[one]
    return False


def ask(user: User, course: Course, other: Course) -> None:
    services.add_prerequisite(actor_for(user), course_id=course.id, slug=other.slug)


@both_databases
def test_two_additions_at_once_never_close_a_circle(app: Flask, rounds: int) -> None:
    user = make_user(roles=["contributor"])
    for _ in range(rounds):
        one, other = make_course("One", owner=user), make_course("Other", owner=user)
        refusals = at_once(
            app,
            partial(ask, user, one, other),
            partial(ask, user, other, one),
        )
        assert len([refusal for refusal in refusals if refusal]) == 1
        of_these = {one.id, other.id}
        assert len(of_these & required_by_course().keys()) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_without_the_lock_they_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    both_looked = threading.Barrier(2, timeout=20)

    def look_and_wait() -> dict[int, set[int]]:
        found = required_by_course()
        both_looked.wait()
        return found

    monkeypatch.setattr(prerequisites, "lock_name", lambda _name: None)
    monkeypatch.setattr(queries, "required_by_course", look_and_wait)
    user = make_user(roles=["contributor"])
    one, other = make_course("One", owner=user), make_course("Other", owner=user)
    at_once(app, lambda: ask(user, one, other), lambda: ask(user, other, one))
    assert db.session.query(CoursePrerequisite).count() == 2
