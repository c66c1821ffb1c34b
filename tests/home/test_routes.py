"""The pages of the house."""

import pytest

from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.courses.models import CourseInstructor, CourseRole, CourseVersion
from app.blueprints.enrollments.models import EnrollmentStatus
from app.core.db import db
from tests.factories import saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def test_the_landing_page_shows_the_newest_courses(client: CheckedClient) -> None:
    for number in range(6):
        make_course(f"Course number {number}")
    make_course("A draft", published=False)
    with count_sql(at_most=4):
        response = client.get("/")
    assert response.text.count("course-card") == 4
    assert "Course number 5" in response.text
    assert "A draft" not in response.text
    assert client.get("/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_landing_page_of_an_empty_school(client: CheckedClient) -> None:
    assert client.get("/").status_code == 200


def test_signed_in_people_are_led_on(client: CheckedClient) -> None:
    sign_in(client, make_user())
    response = client.get("/")
    assert (response.status_code, response.location) == (303, "/learning")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_teaches_and_learns_nothing_is_led_to_teaching(client: CheckedClient) -> None:
    teacher = make_user(roles=["contributor"])
    sign_in(client, teacher)
    assert client.get("/").location == "/teaching"
    make_enrollment(teacher, make_course())
    assert client.get("/").location == "/learning"


def test_teaching_needs_log_in(client: CheckedClient) -> None:
    assert client.get("/teaching").location == "/login?next=/teaching"


def test_teaching_without_courses(client: CheckedClient) -> None:
    sign_in(client, make_user())
    text = client.get("/teaching").text
    assert "You teach no course yet" in text
    assert "New course" not in text
    sign_in(client, make_user(roles=["contributor"]))
    assert "New course" in client.get("/teaching").text


def test_teaching_lists_courses_with_their_state(client: CheckedClient) -> None:
    user = make_user(roles=["contributor"])
    make_course("Published one", owner=user)
    changed = make_course("Changed one", owner=user)
    helped = make_course("Helped one", people=[(user, CourseRole.ASSISTANT)])
    make_course("Foreign one")
    draft = make_course("Draft one", owner=user, published=False)
    with saving():
        db.session.add(CourseVersion(course_id=changed.id, title="Changed anew"))
    sign_in(client, user)
    text = client.get("/teaching").text
    assert text.count("Version 1 is published") == 3
    assert text.count("Changes not published") == 1
    assert text.count("Not published yet") == 1
    assert "Foreign one" not in text
    assert f"/teaching/{draft.slug}/board" in text
    assert f"/teaching/{helped.slug}/board" not in text


@pytest.mark.parametrize("others", [0, 25], ids=["first page", "second page"])
def test_teaching_says_what_needs_somebody(client: CheckedClient, others: int) -> None:
    user = make_user(roles=["contributor"])
    course = make_course("Git in a team", owner=user, published=False)
    for number in range(others):
        make_course(f"Course {number}", owner=user, lessons=0)
    with saving():
        version = db.session.query(CourseVersion).filter_by(course_id=course.id).one()
        review = ReviewRequest(
            course_id=course.id,
            version_id=version.id,
            revision=1,
            state=ReviewState.SENT_BACK,
            reason="Two links are broken.",
            submitted_by_id=user.id,
        )
        db.session.add(review)
    sign_in(client, user)
    assert "Two links are broken." in client.get("/teaching").text
    with saving():
        db.session.get_one(ReviewRequest, review.id).state = ReviewState.OPEN
    text = client.get("/teaching").text
    assert others or "In review" in text
    assert "What needs you" not in text
    sign_in(client, make_user(roles=["approver"]))
    assert "One course waits for a review" in client.get("/teaching").text


def test_teaching_says_who_asks_to_take_part(client: CheckedClient) -> None:
    user, colleague = make_user(roles=["contributor"]), make_user("Tomas Lind")
    helps = [(colleague, CourseRole.ASSISTANT)]
    course = make_course("Soil", owner=user, people=helps)
    for name in ("Ada", "Ben"):
        make_enrollment(make_user(name), course, EnrollmentStatus.PENDING)
    make_enrollment(make_user("Chi"), course)
    make_enrollment(make_user("Dov"), make_course("Bread"), EnrollmentStatus.PENDING)
    sign_in(client, user)
    page = client.get("/teaching").text
    assert "2 people ask to take part in “Soil”" in page
    assert f'href="/teaching/{course.slug}/people/requests"' in page
    assert "Bread" not in page
    sign_in(client, colleague)
    assert "ask to take part" not in client.get("/teaching").text


def test_teaching_leads_back_to_where_one_left(client: CheckedClient) -> None:
    user = make_user("Miriam Rao", roles=["contributor"])
    course = make_course("Soil", owner=user, published=False)
    sign_in(client, user)
    assert "Where you left" not in client.get("/teaching").text
    client.post(f"/teaching/{course.slug}/session", data={"step": 2, "lesson": "l1"})
    page = client.get("/teaching").text
    assert "“Lesson 1” in “Soil”" in page
    assert f'href="/teaching/{course.slug}/lessons/l1"' in page
    with saving():
        db.session.query(CourseInstructor).delete()
    assert "Where you left" not in client.get("/teaching").text


def test_teaching_sends_the_same_statements_for_more_courses(client: CheckedClient) -> None:
    user = make_user(roles=["contributor", "approver"])
    sign_in(client, user)
    counts = []
    for size in (2, 20):
        for _ in range(size):
            make_course(owner=user)
        with count_sql(at_most=12) as sent:
            client.get("/teaching")
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("roles", "entries"),
    [
        ([], ["/courses", "/learning"]),
        (["contributor"], ["/courses", "/learning", "/teaching"]),
        (["approver"], ["/courses", "/learning", "/review"]),
        (["admin"], ["/courses", "/learning", "/teaching", "/review", "/admin"]),
    ],
)
def test_the_navigation_goes_by_role(
    client: CheckedClient, roles: list[str], entries: list[str]
) -> None:
    sign_in(client, make_user(roles=roles))
    nav = client.get("/settings/profile").text.partition('id="main-nav"')[2].partition("</nav>")[0]
    assert [line.split('"')[1] for line in nav.split("<a ")[1:]] == entries


def test_small_files(client: CheckedClient) -> None:
    assert "Disallow: /admin" in client.get("/robots.txt").text
    for name in ("/favicon.svg", "/favicon.ico"):
        response = client.get(name)
        assert response.mimetype == "image/svg+xml"
        assert "max-age=86400" in response.headers["Cache-Control"]
        response.close()


def test_the_style_guide(client: CheckedClient) -> None:
    assert client.get("/styleguide").status_code == 200
    assert client.get("/styleguide/nothing").status_code == 404
