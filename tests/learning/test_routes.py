"""The learner's pages over HTTP: dashboard, player, certificate."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.core.db import db, writing
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.learning.steps import add, certificates, do, enrol, percent, republish
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

ALL = ("l1", "l2", "l3", "l4")


@pytest.fixture
def joined(user: User, course: Course) -> User:
    enrol(actor_for(user), course)
    return user


def finish(
    client: FlaskClient, course: Course, key: str, version: object = 1, **more: Any
) -> TestResponse:
    address = f"/learning/{course.slug}/{key}/completion"
    return client.post(address, data={"version_number": version}, **more)


def player(course: Course, key: str) -> str:
    return f"/learning/{course.slug}/{key}"


@pytest.mark.parametrize(("modules", "lessons"), [(2, 5), (10, 20)])
def test_the_player_is_eight_statements_at_any_length(
    client: CheckedClient, user: User, modules: int, lessons: int
) -> None:
    course = make_course(modules=modules, lessons=lessons)
    enrol(actor_for(user), course)
    do(actor_for(user), course, "l1")
    republish(course, add("n1"))
    with count_sql(at_most=8) as sent:
        page = client.get(player(course, "l2")).text
    assert "Lesson 2" in page
    assert "New" in page
    assert str(sent).count("lesson_bodies.html") == 1


def test_the_player_shows_the_lesson_and_the_way(
    client: CheckedClient, joined: User, course: Course
) -> None:
    do(actor_for(joined), course, "l1")
    page = client.get(player(course, "l2")).text
    assert "<p>Read this.</p>" in page
    assert "1 of 4 done · about 15 min left" in " ".join(page.split())
    assert "Mark as done" in page
    assert "Mark as not done" in client.get(player(course, "l1")).text
    part = client.get(player(course, "l2"), headers=PART).text
    assert part.lstrip().startswith('<div class="player"')


def test_the_course_leads_to_the_next_lesson(
    client: CheckedClient, joined: User, course: Course
) -> None:
    assert client.get(f"/learning/{course.slug}").location == player(course, "l1")
    do(actor_for(joined), course, "l3")
    assert client.get(f"/learning/{course.slug}").location == player(course, "l4")


def test_marking_as_done_goes_on_to_the_next_lesson_in_nine_statements(
    client: CheckedClient, joined: User, course: Course
) -> None:
    with count_sql(at_most=9):
        response = finish(client, course, "l1")
    assert (response.status_code, response.location) == (303, player(course, "l2"))
    assert percent(actor_for(joined), course) == 25


def test_htmx_gets_the_next_lesson_in_place(
    client: CheckedClient, joined: User, course: Course
) -> None:
    response = finish(client, course, "l1", headers=PART)
    assert response.headers["HX-Push-Url"] == player(course, "l2")
    assert '<main class="lesson" id="main" tabindex="-1" autofocus>' in response.text
    assert 'hx-target="#outline"' in response.text
    assert 'hx-target="#player-bar"' in response.text
    assert "1 of 4 done" in response.text


def test_a_tick_is_taken_back_in_place_or_by_page(
    client: CheckedClient, joined: User, course: Course
) -> None:
    do(actor_for(joined), course, "l1", "l2")
    address = f"{player(course, 'l1')}/completion?_method=DELETE"
    assert f'action="{address}"' in client.get(player(course, "l1")).text
    assert client.post(address).location == player(course, "l1")
    assert percent(actor_for(joined), course) == 25
    parts = client.post(address.replace("l1", "l2"), headers=PART).text
    assert "0 of 4 done" in parts
    assert "<main" not in parts


def test_the_last_lesson_leads_to_the_end_and_the_certificate(
    client: CheckedClient, joined: User, course: Course
) -> None:
    do(actor_for(joined), course, *ALL[:3])
    response = finish(client, course, "l4")
    assert response.location == f"/learning/{course.slug}"
    page = client.get(response.location).text
    [certificate] = certificates(course)
    assert f"/certificates/{certificate.serial}" in page
    assert "You have done all 4 lessons." in page
    assert client.delete(f"{player(course, 'l1')}/completion").status_code == 409


def test_a_lesson_that_changed_meanwhile_is_shown_anew(
    client: CheckedClient, joined: User, course: Course
) -> None:
    do(actor_for(joined), course, "l1")
    republish(course, redo=["l1"])
    response = finish(client, course, "l1", version=1)
    assert response.location == player(course, "l1")
    page = client.get(response.location).text
    assert "has changed since you opened it" in page
    assert "You did an earlier form of it" in page
    assert 'name="version_number" value="2"' in page


@pytest.mark.parametrize("version", ["", "0", "-1", "many"])
def test_a_completion_without_its_version_is_refused(
    client: CheckedClient, joined: User, course: Course, version: str
) -> None:
    assert finish(client, course, "l1", version).status_code == 422
    assert percent(actor_for(joined), course) == 0


def test_a_lesson_that_is_not_there(client: CheckedClient, joined: User, course: Course) -> None:
    assert client.get(player(course, "nowhere")).status_code == 404
    assert finish(client, course, "nowhere").status_code == 404


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (None, "for those who have enrolled"),
        (S.WITHDRAWN, "You left this course"),
        (S.PAUSED, "on hold"),
        (S.PENDING, "yet to let you in"),
        (S.REJECTED, "not admitted"),
    ],
)
def test_who_is_not_learning_is_told_why(
    client: CheckedClient, user: User, course: Course, standing: S | None, words: str
) -> None:
    if standing:
        make_enrollment(user, course, standing)
    for address in (f"/learning/{course.slug}", player(course, "l1")):
        response = client.get(address)
        assert response.status_code == 403
        assert words in response.text
        assert "Read this." not in response.text
    assert finish(client, course, "l1").status_code == 403


def test_strangers_are_led_to_the_door(client: CheckedClient, course: Course) -> None:
    for address in ("/learning", f"/learning/{course.slug}", player(course, "l1")):
        assert client.get(address).location == f"/login?next={address}"
    assert finish(client, course, "l1").status_code == 401


def test_those_who_teach_look_on_and_leave_no_trace(client: CheckedClient, course: Course) -> None:
    sign_in(client, owner_of(course))
    assert client.get(f"/learning/{course.slug}").location == player(course, "l1")
    page = client.get(player(course, "l1")).text
    assert "You see this as learners do" in page
    assert "Mark as done" not in page
    assert finish(client, course, "l1").status_code == 403


def test_a_draft_has_no_lessons_to_look_at(client: CheckedClient) -> None:
    course = make_course(published=False)
    sign_in(client, owner_of(course))
    assert client.get(f"/learning/{course.slug}").status_code == 404
    sign_in(client, make_user("Ben Idris"))
    assert client.get(f"/learning/{course.slug}").status_code == 404


@pytest.mark.parametrize("courses", [2, 12])
def test_the_dashboard_is_ten_statements_for_any_number_of_courses(
    client: CheckedClient, user: User, courses: int
) -> None:
    made = [make_course(f"Course {number}") for number in range(courses)]
    for course in made:
        enrol(actor_for(user), course)
    do(actor_for(user), made[0], "l1")
    do(actor_for(user), made[-1], "l1", "l2")
    with count_sql(at_most=10):
        page = client.get("/learning").text
    assert "Continue where you left off" in page
    assert "next: Lesson" in page
    assert "Completed" in page


def test_an_empty_dashboard_leads_to_the_courses(client: CheckedClient, user: User) -> None:
    page = client.get("/learning").text
    assert "Nothing under way yet" in page
    assert 'href="/courses"' in page


def test_anyone_may_verify_a_certificate(client: CheckedClient, app: Flask, course: Course) -> None:
    learner = actor_for(make_user("Noor Haddad"))
    enrol(learner, course)
    do(learner, course, *ALL)
    [certificate] = certificates(course)
    page = client.get(f"/certificates/{certificate.serial.lower()}").text
    for shown in ("Noor Haddad", course.title, "This certificate is valid", certificate.serial):
        assert shown in page
    assert "Revoke" not in page
    assert client.get("/certificates/NOWHERE").status_code == 404
    assert client.delete(f"/certificates/{certificate.serial}").status_code == 401


def test_the_owner_revokes_a_certificate_with_a_reason(
    client: CheckedClient, joined: User, course: Course
) -> None:
    do(actor_for(joined), course, *ALL)
    serial = certificates(course)[0].serial
    address = f"/certificates/{serial}?_method=DELETE"
    assert client.post(address, data={"reason": "Copied"}).status_code == 403
    sign_in(client, owner_of(course))
    assert f'action="{address}"' in client.get(f"/certificates/{serial}").text
    response = client.post(address, data={"reason": " "})
    assert response.status_code == 422
    assert "Say why" in response.text
    assert client.post(address, data={"reason": "Copied"}).status_code == 303
    assert "Copied" in client.get(f"/certificates/{serial}").text
    with client.session_transaction() as session:
        session.clear()
    page = client.get(f"/certificates/{serial}").text
    assert "no longer valid" in page
    assert "Copied" not in page


def test_a_hidden_course_stays_open_to_its_learners(
    client: CheckedClient, joined: User, course: Course
) -> None:
    with writing():
        db.session.get_one(Course, course.id).is_public = False
    with count_sql(at_most=8):
        assert client.get(player(course, "l1")).status_code == 200
    sign_in(client, make_user("Ben Idris"))
    assert client.get(player(course, "l1")).status_code == 404


def test_an_assistant_may_look_on_too(client: CheckedClient) -> None:
    teacher = make_user("Tomas Lind")
    course = make_course(people=[(teacher, CourseRole.ASSISTANT)])
    sign_in(client, teacher)
    assert client.get(f"/learning/{course.slug}").status_code == 303
