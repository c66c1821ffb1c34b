"""Enrolling, leaving, and the people of a course, over HTTP."""

from typing import Any

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole, CourseStatus, EnrollmentType, SeatPool
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import find_enrollment
from app.core.db import db, writing
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def status(user: User, course: Course) -> S | None:
    db.session.rollback()
    found = find_enrollment(user.id, course.id)
    return found.status if found else None


def enrol(client: CheckedClient, course: Course) -> int:
    return client.post(f"/courses/{course.slug}/enrollment").status_code


def card(client: CheckedClient, course: Course) -> str:
    response = client.get(f"/courses/{course.slug}")
    assert response.status_code == 200
    return response.text


def test_one_enrols_leaves_and_comes_back(client: CheckedClient, user: User) -> None:
    course = make_course()
    assert "Enrol" in card(client, course)
    with count_sql(at_most=12):
        response = client.post(f"/courses/{course.slug}/enrollment")
    assert (response.status_code, response.location) == (303, f"/courses/{course.slug}")
    assert "You are enrolled" in card(client, course)
    leaving = f"/courses/{course.slug}/enrollment?_method=DELETE"
    assert f'action="{leaving}"' in card(client, course)
    assert client.post(leaving).status_code == 303
    assert status(user, course) is S.WITHDRAWN
    assert "Come back to this course" in card(client, course)
    assert enrol(client, course) == 303
    assert status(user, course) is S.ENROLLED


def test_a_full_course_says_so(client: CheckedClient, user: User) -> None:
    course = make_course(capacity=1, has_waitlist=False)
    make_enrollment(make_user("Ben Idris"), course)
    assert "This course is full" in card(client, course)
    response = client.post(f"/courses/{course.slug}/enrollment")
    assert response.status_code == 409
    assert "All 1 seats" in response.text
    assert status(user, course) is None


def test_strangers_are_led_to_the_door(client: CheckedClient) -> None:
    course = make_course(capacity=5, taken=2)
    page = card(client, course)
    assert f"/login?next=/courses/{course.slug}" in page
    assert "3 of 5 free" in page
    assert enrol(client, course) == 401
    assert client.delete(f"/courses/{course.slug}/enrollment").status_code == 401


def test_what_one_may_not_know_of_is_not_there(client: CheckedClient, user: User) -> None:
    for hidden in (make_course(published=False), make_course(is_public=False)):
        assert enrol(client, hidden) == 404
    assert client.post("/courses/nowhere/enrollment").status_code == 404


def test_a_completed_course_cannot_be_left(client: CheckedClient, user: User) -> None:
    course = make_course()
    make_enrollment(user, course, S.COMPLETED)
    response = client.delete(f"/courses/{course.slug}/enrollment")
    assert response.status_code == 409
    assert "stays with you" in response.text


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (S.ENROLLED, "Begin"),
        (S.COMPLETED, "You have completed this course"),
        (S.WITHDRAWN, "You left this course"),
        (S.PAUSED, "Your place is on hold"),
        (S.PENDING, "You have asked to take part"),
        (S.REJECTED, "Enrol"),
    ],
)
def test_the_card_says_how_one_stands(
    client: CheckedClient, user: User, standing: S, words: str
) -> None:
    asks = standing is S.PENDING
    course = make_course(enrollment_type=EnrollmentType.APPROVAL if asks else EnrollmentType.OPEN)
    make_enrollment(user, course, standing)
    assert words in card(client, course)


def test_a_course_that_is_over_says_why_it_takes_nobody(client: CheckedClient, user: User) -> None:
    course = make_course()
    with writing():
        db.session.get_one(Course, course.id).status = CourseStatus.ARCHIVED
    assert "This course has ended" in card(client, course)
    response = client.post(f"/courses/{course.slug}/enrollment")
    assert response.status_code == 409


@pytest.mark.parametrize("address", ["people", "seats?_method=PUT"])
def test_the_people_are_for_those_who_teach(
    client: CheckedClient, user: User, address: str
) -> None:
    course = make_course()
    call = client.get if address == "people" else client.post
    assert call(f"/teaching/{course.slug}/{address}").status_code == 403


def test_an_owner_sets_the_number_of_seats(client: CheckedClient) -> None:
    course = make_course()
    make_enrollment(make_user("Ben Idris"), course)
    make_enrollment(make_user("Chi Lam"), course)
    sign_in(client, owner_of(course))

    def set_to(capacity: str) -> tuple[int, str]:
        address = f"/teaching/{course.slug}/seats?_method=PUT"
        response = client.post(address, data={"capacity": capacity})
        return response.status_code, response.text

    def seats() -> int | None:
        db.session.rollback()
        return db.session.get_one(SeatPool, course.seat_pool_id).capacity

    people = client.get(f"/teaching/{course.slug}/people/cohorts").text
    assert f'action="/teaching/{course.slug}/seats?_method=PUT"' in people
    assert set_to("12")[0] == 303
    assert seats() == 12
    status, page = set_to("1")
    assert status == 422
    assert "2 seats are taken" in page
    assert set_to("0")[0] == 422
    assert set_to("many")[0] == 422
    assert seats() == 12
    assert set_to("")[0] == 303
    assert seats() is None


def test_an_assistant_does_not_set_the_number_of_seats(client: CheckedClient) -> None:
    teacher = make_user("Tomas Lind")
    course = make_course(people=[(teacher, CourseRole.ASSISTANT)])
    sign_in(client, teacher)
    assert client.put(f"/teaching/{course.slug}/seats", data={"capacity": "5"}).status_code == 403


@pytest.mark.parametrize("sent", [{"data": {}}, {"json": {}}], ids=["form", "json"])
def test_a_limit_that_was_not_sent_stays(client: CheckedClient, sent: dict[str, Any]) -> None:
    course = make_course(capacity=12)
    sign_in(client, owner_of(course))
    assert client.put(f"/teaching/{course.slug}/seats", **sent).status_code == 422
    assert db.session.get_one(SeatPool, course.seat_pool_id).capacity == 12


def test_a_write_needs_its_token(client: CheckedClient, user: User) -> None:
    course = make_course()
    response = client.post(f"/courses/{course.slug}/enrollment", csrf=False)
    assert response.status_code == 400
    assert status(user, course) is None
