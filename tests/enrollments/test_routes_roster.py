"""The roster over HTTP: found, narrowed, ordered, in pages, in few statements."""

import re

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.enrollments import services
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.core.db import db, writing
from tests.enrollments.acts import fill, person, queue, teacher_of, wait, withdraw
from tests.enrollments.situations import let_in_without_a_seat
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import fill_course, make_enrollment
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

PLACES = ("", "/requests", "/waitlist", "/invitations", "/cohorts", "/waivers")


@pytest.fixture
def course(client: CheckedClient) -> Course:
    made = make_course("Soil")
    sign_in(client, owner_of(made))
    return made


def rows(client: CheckedClient, course: Course, query: str = "") -> str:
    response = client.get(f"/teaching/{course.slug}/people?{query}", headers=PART)
    assert response.status_code == 200
    return response.text


def names(page: str, *wanted: str) -> list[str]:
    """Those of the names that the page shows, in its order."""
    return sorted((one for one in wanted if one in page), key=page.index)


def test_those_who_teach_see_who_is_in(client: CheckedClient, course: Course) -> None:
    for number in range(30):
        make_enrollment(make_user(f"Learner {number:02}"), course)
    with count_sql(at_most=10):
        page = client.get(f"/teaching/{course.slug}/people").text
    assert "Learner 00" in page
    assert "Learner 29" not in page
    assert "Learner 29" in rows(client, course, "page=2&status=enrolled")
    assert rows(client, course, "q=29").lstrip().startswith('<div class="stack" id="roster-rows">')
    assert "Nobody fits" in rows(client, course, "q=nobody")


def test_it_is_narrowed_by_cohort_and_status(client: CheckedClient, course: Course) -> None:
    teacher = teacher_of(course)
    with writing():
        spring = services.add_cohort(
            teacher, course_id=course.id, plan=services.CohortPlan("Spring")
        ).id
    make_enrollment(make_user("Ada"), course, cohort_id=spring)
    make_enrollment(make_user("Ben"), course)
    make_enrollment(make_user("Chi"), course, S.PAUSED)
    everybody = ("Ada", "Ben", "Chi")
    assert names(rows(client, course), *everybody) == ["Ada", "Ben", "Chi"]
    assert names(rows(client, course, f"cohort={spring}"), *everybody) == ["Ada"]
    assert names(rows(client, course, "cohort=0"), *everybody) == ["Ben", "Chi"]
    assert names(rows(client, course, "cohort=0&status=paused"), *everybody) == ["Chi"]
    page = client.get(f"/teaching/{course.slug}/people?cohort={spring}&q=a&sort=-since").text
    # What narrows goes with every chip, page and order.
    assert f"q=a&amp;status=enrolled&amp;cohort={spring}&amp;sort=-since" in page
    assert f'<option value="{spring}" selected' in page


@pytest.mark.parametrize("sort", ["name", "since", "progress", "seen"])
def test_it_is_ordered_either_way(client: CheckedClient, course: Course, sort: str) -> None:
    for name in ("ada", "Ben", "zoe"):
        make_enrollment(make_user(name), course)
    there = names(rows(client, course, f"sort={sort}"), "ada", "Ben", "zoe")
    back = names(rows(client, course, f"sort=-{sort}"), "ada", "Ben", "zoe")
    assert len(there) == 3
    if sort in ("name", "since"):
        assert there == back[::-1] == ["ada", "Ben", "zoe"]


@pytest.mark.parametrize("query", ["sort=x&status=x&cohort=x&page=x", "cohort=999999&page=9999"])
def test_nonsense_is_no_failure(client: CheckedClient, course: Course, query: str) -> None:
    assert client.get(f"/teaching/{course.slug}/people?{query}").status_code == 200


def test_who_waits_is_in_the_roster(client: CheckedClient) -> None:
    course = make_course(capacity=2)
    [seated, *_others] = fill(course, "Ben Idris", "Chi Lam")
    queue(course, 3)
    came_back = person("Ada Back")
    make_enrollment(db.session.get_one(User, came_back.id), course, S.WITHDRAWN)
    wait(came_back, course)
    withdraw(seated, course)  # the seat is offered to the first in line
    sign_in(client, owner_of(course))
    page = client.get(f"/teaching/{course.slug}/people").text
    for words in ('Everybody <span class="n">6<', 'On the waitlist <span class="n">3<'):
        assert words in page
    assert page.count('name="id"') == 3  # those with an enrolment, to tick
    line = ("Waiting 0", "Waiting 1", "Waiting 2", "Ada Back", "Chi Lam")
    assert names(rows(client, course), *line) == ["Ada Back", "Chi Lam", *line[:3]]
    assert names(rows(client, course, "status=waiting"), *line) == ["Ada Back", *line[1:3]]
    offered = rows(client, course, "status=offered&sort=-since")
    assert names(offered, *line) == ["Waiting 0"]
    assert "Take out of the line" in offered
    assert 'id="bulk"' not in offered


def test_who_was_let_in_and_waits_asks_for_nothing(client: CheckedClient) -> None:
    course = let_in_without_a_seat(make_user("Ada"))
    sign_in(client, owner_of(course))
    page = client.get(f"/teaching/{course.slug}/people").text
    assert 'Everybody <span class="n">2<' in page
    assert "Waiting for approval" not in page
    assert "Nobody fits" in rows(client, course, "status=pending")
    assert names(rows(client, course, "status=waiting"), "Ada") == ["Ada"]


@pytest.mark.parametrize(
    ("place", "tab", "current"),
    [
        ("", "", "page"),
        ("/requests", "/requests", "page"),
        ("/decision?decision=pause", "", "true"),
        ("/lists/new", "", "true"),
    ],
)
def test_the_tabs_say_where_one_is(
    client: CheckedClient, course: Course, place: str, tab: str, current: str
) -> None:
    address = f"/teaching/{course.slug}/people"
    page = client.get(address + place).text
    [tabs] = re.findall(r'aria-label="About the people".*?</nav>', page, re.DOTALL)
    assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', tabs) == [(address + tab, current)]


def test_hostile_names_do_no_harm(client: CheckedClient, course: Course) -> None:
    for text in (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "=1+1",
        "%(x)s {{7}}",
    ):
        make_enrollment(make_user(f"x {text}"), course)
    page = rows(client, course)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "x =1+1" in page


@pytest.mark.parametrize("place", PLACES)
def test_the_pages_are_for_those_who_teach(client: CheckedClient, place: str) -> None:
    colleague = make_user("Tomas Lind")
    course = make_course(people=[(colleague, CourseRole.ASSISTANT)])
    learner = make_user("Ada")
    make_enrollment(learner, course)
    address = f"/teaching/{course.slug}/people{place}"
    sign_in(client, learner)
    assert client.get(address).status_code == 403
    sign_in(client, colleague)
    page = client.get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "/people/decision?" not in page.text
    assert 'type="checkbox"' not in page.text


@pytest.mark.parametrize("people", [100, 10_000])
def test_a_roster_does_not_grow_with_its_learners(
    client: CheckedClient, course: Course, people: int
) -> None:
    fill_course(course, people)
    with writing():
        services.set_capacity(teacher_of(course), course_id=course.id, capacity=people)
    queue(course, 2)
    every = ("", "q=learner&status=enrolled&sort=-progress", "sort=-seen&page=2")
    for query in (*every, "status=waiting"):
        with count_sql(at_most=10):
            assert ("Waiting 0" if "waiting" in query else "Learner 0") in client.get(
                f"/teaching/{course.slug}/people?{query}"
            ).text
