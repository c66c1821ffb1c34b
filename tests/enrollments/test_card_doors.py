"""The enrol card of those who are outside: strangers and the invited."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import CourseStatus, EnrollmentType
from app.blueprints.enrollments import services
from app.core.db import writing
from tests.enrollments.acts import fill, standing, teacher_of
from tests.enrollments.cards import card, send
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient

APPROVAL, RESTRICTED = EnrollmentType.APPROVAL, EnrollmentType.RESTRICTED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": 1}, "Log in to join the waitlist"),
        ({"capacity": 1, "has_waitlist": False}, "keeps no waitlist"),
        ({"enrollment_type": APPROVAL}, "Log in to ask for a place"),
        ({"enrollment_type": RESTRICTED}, "for those who were invited"),
        ({"status": CourseStatus.ARCHIVED}, "has ended"),
    ],
)
def test_strangers_see_the_door_too(
    client: CheckedClient, fields: dict[str, object], words: str
) -> None:
    course = make_course(**fields)  # type: ignore[arg-type]
    if course.seats.capacity:
        fill(course, "Ben Idris")
    assert words in client.get(f"/courses/{course.slug}").text
    assert client.get(f"/courses/{course.slug}/enrollment").status_code == 303


def test_a_link_and_an_address_that_were_invited(client: CheckedClient, user: User) -> None:
    course = make_course(enrollment_type=RESTRICTED, is_public=False, capacity=1)
    owner = teacher_of(course)
    with writing():
        _made, token = services.make_link(owner, course_id=course.id, most_uses=2)
    page = client.get(f"/invitations/{token}")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "invites you to this course" in page.text
    sent = client.post(f"/invitations/{token}/acceptance")
    assert (sent.status_code, sent.location) == (303, f"/courses/{course.slug}")
    assert standing(actor_for(user), course) == "enrolled/-"
    other = make_user("Ben Idris", email="ben@example.org")
    sign_in(client, other)
    assert client.get(f"/courses/{course.slug}").status_code == 404
    client.post(f"/invitations/{token}/acceptance")
    assert "number 1 of 1 in line" in card(client, course)
    assert client.get(f"/invitations/{token}").status_code == 404
    assert client.post(f"/invitations/{token}/acceptance").status_code == 404


def test_who_was_invited_by_address_needs_no_link(client: CheckedClient, user: User) -> None:
    course = make_course(enrollment_type=RESTRICTED)
    assert "for those who were invited" in card(client, course)
    assert send(client, course, "invitation/acceptance")[0] == 404
    with writing():
        services.invite(teacher_of(course), course_id=course.id, emails=[user.email.upper()])
    assert "You are invited" in card(client, course)
    send(client, course, "invitation/acceptance")
    assert standing(actor_for(user), course) == "enrolled/-"


def test_an_address_that_signs_up_later_needs_the_link(client: CheckedClient) -> None:
    course = make_course(enrollment_type=RESTRICTED)
    with writing():
        services.invite(teacher_of(course), course_id=course.id, emails=["late@example.org"])
    late = make_user("Late Comer", email="late@example.org")
    sign_in(client, late)
    assert "for those who were invited" in card(client, course)


def test_an_invitation_says_why_it_cannot_be_used(client: CheckedClient, user: User) -> None:
    course = make_course(enrollment_type=RESTRICTED, capacity=1, has_waitlist=False)
    fill(course, "Ben Idris")
    with writing():
        _made, token = services.make_link(teacher_of(course), course_id=course.id, most_uses=1)
    assert "keeps no waitlist" in client.get(f"/invitations/{token}").text
    sent = client.post(f"/invitations/{token}/acceptance")
    assert sent.status_code == 409
    assert "All 1 seats are taken" in sent.text


@pytest.mark.parametrize(
    "what",
    [
        "enrollment/hold",
        "request",
        "waitlist-place?_method=DELETE",
        "offer/acceptance",
        "invitation/acceptance",
    ],
)
def test_each_step_is_for_people_with_something_to_do_with_it(
    client: CheckedClient, what: str
) -> None:
    course, hidden = make_course(), make_course(is_public=False)
    assert client.post(f"/courses/{course.slug}/{what}").status_code == 401
    sign_in(client, make_user())
    assert client.post(f"/courses/{hidden.slug}/{what}").status_code == 404
    assert client.post(f"/courses/{course.slug}/{what}").status_code in (404, 409)
    assert client.post(f"/courses/{course.slug}/{what}", csrf=False).status_code == 400
