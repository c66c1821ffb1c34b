"""Catalogue and course page over HTTP: page and fragment, who sees what, how many statements."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.blueprints.courses.models import Course, CourseRole, CourseVersion, EnrollmentType, Lesson
from app.core import clock, limits
from app.core.db import db, writing
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, make_subject
from tests.factories.enrollments import make_enrollment
from tests.support import both_databases
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


def test_the_catalogue_has_cards_and_the_state_of_their_seats(client: CheckedClient) -> None:
    make_course("Open", capacity=20)
    make_course("Few", capacity=20, taken=17)
    make_course("Taken", capacity=20, taken=20)
    make_course("Shut", capacity=20, taken=20, has_waitlist=False)
    make_course("Asked", enrollment_type=EnrollmentType.APPROVAL)
    page = client.get("/courses").text
    assert "5 courses, taught by 5 people" in page
    for words in ("3 seats left", "Full · waitlist", "Full", "By approval"):
        assert f">{words}</span>" in page


@both_databases
def test_a_card_says_when_one_can_enrol_to_the_moment(client: CheckedClient) -> None:
    soon = datetime(2027, 3, 12, 9, tzinfo=UTC)
    make_course("Loops", enrolment_opens_at=soon, enrolment_closes_at=soon + timedelta(days=7))
    for moment, words in [
        (soon - timedelta(days=60), "Opens 12 Mar"),
        (soon - timedelta(seconds=1), "Opens 12 Mar"),
        (soon, "Open"),
        (soon + timedelta(days=7), "Enrolment closed"),
    ]:
        with clock.freeze(moment):
            assert f">{words}</span>" in client.get("/courses").text


def test_searching_gives_the_fragment_and_tidies_the_address(client: CheckedClient) -> None:
    make_course("Loops")
    make_course("Arrays")
    response = client.get("/courses?q=loops&sort=", headers=PART)
    assert "<html" not in response.text
    assert "Loops</a>" in response.text
    assert "Arrays" not in response.text
    assert response.headers["HX-Replace-Url"] == "/courses?q=loops"
    assert "HX-Replace-Url" not in client.get("/courses?q=loops", headers=PART).headers


def test_the_form_works_without_javascript(client: CheckedClient) -> None:
    make_course("Loops", subject=make_subject("Computing"))
    make_course("Wounds", subject=make_subject("Health"))
    page = client.get("/courses?q=&subject=computing&sort=title&page=x").text
    assert "Loops</a>" in page
    assert "Wounds</a>" not in page
    assert '<input type="hidden" name="subject" value="computing">' in page
    assert 'href="/courses?subject=computing&amp;subject=health&amp;sort=title"' in page
    assert 'href="/courses?sort=title"' in page  # the chosen facet lets itself go


def test_nothing_found_says_so_and_shows_the_way(client: CheckedClient) -> None:
    assert "No courses yet" in client.get("/courses").text
    make_course()
    assert "No course fits" in client.get("/courses?q=zzzz").text


def test_what_nothing_fits_says_which_facet_to_leave_out(client: CheckedClient) -> None:
    make_course("Loops", language="de", subject=make_subject("Computing"))
    page = client.get("/courses?q=loops&language=de&level=advanced&seats=free").text
    assert "Without “Advanced”: 1 course" in page
    assert 'href="/courses?q=loops&amp;seats=free&amp;language=de"' in page
    assert "Without “German”" not in page
    assert "Without" not in client.get("/courses?language=fr&level=advanced").text


PACES = [
    ({}, "your own, all is open at once", "about 40 min<"),
    (
        {"mode": "weekly", "starts_on": "2026-01-12"},
        'a part a week from <time datetime="2026-01-12">12 Jan 2026<',
        "about 40 min, 10 min a week",
    ),
    (
        {"mode": "since_enrolment", "every_days": 14},
        "a part every 14 days from when you join",
        "5 min a week",
    ),
    (
        {"mode": "by_date", "starts_on": "2026-01-12", "every_days": 1},
        'a part a day from <time datetime="2026-01-12">12 Jan 2026<',
        "40 min a week",
    ),
]


@pytest.mark.parametrize(("pacing", "pace", "time"), PACES)
def test_the_course_page_says_its_pace(
    client: CheckedClient, pacing: dict[str, object], pace: str, time: str
) -> None:
    course = make_course(modules=4, lessons=2)
    with writing():
        db.session.execute(update(CourseVersion).values(pacing=pacing))
    page = " ".join(client.get(f"/courses/{course.slug}").text.split())
    assert pace in page
    assert time in page


@pytest.mark.parametrize(
    ("rule", "pace"),
    [
        ({"rule": "date", "at": "2020-01-12T08:00+00:00"}, "all is open at once"),
        ({"rule": "date", "at": "2999-01-12T08:00+00:00"}, "some lessons open later"),
        ({"rule": "days", "days": 7}, "some lessons open later"),
        ({"rule": "after", "key": "l1"}, "some lessons open later"),
    ],
)
def test_the_course_page_says_where_lessons_open_later(
    client: CheckedClient, rule: dict[str, object], pace: str
) -> None:
    course = make_course(modules=2, lessons=2)
    with writing():
        db.session.execute(update(Lesson).where(Lesson.key == "l4").values(release=rule))
    assert f"your own, {pace}" in client.get(f"/courses/{course.slug}").text


@pytest.mark.parametrize(
    "query",
    [
        *("q=%00%FF'\"<script>", "q=" + "a" * 10_000, "sort=sideways&level=none&page=-1"),
        *("page=99999999999999999999", "subject=" + "b" * 10_000, "q=&q=&subject=&subject=%00"),
        "&".join(f"subject=s{number}" for number in range(500)),
    ],
)
def test_a_hostile_address_is_a_page(client: CheckedClient, query: str) -> None:
    make_course()
    assert client.get(f"/courses?{query}").status_code == 200


def test_a_person_searches_only_so_often_and_looks_as_often_as_they_like(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEARCH", "2 per hour")
    sign_in(client, make_user())
    assert [client.get("/courses?q=loops").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/courses").status_code == 200


def test_a_course_page_shows_what_is_to_be_had(client: CheckedClient) -> None:
    course = make_course("Loops", modules=2, objectives=["Write a loop"], overview="Twice.")
    page = client.get(f"/courses/{course.slug}").text
    for words in (
        "4 lessons in 2 modules",
        "Write a loop",
        "Twice.",
        "Part 2",
        "Lesson 4",
        "20 min",
    ):
        assert words in page


def test_a_course_page_says_what_its_version_brought(client: CheckedClient) -> None:
    course = make_course("Loops")
    assert "What's new" not in client.get(f"/courses/{course.slug}").text
    brought = {
        "added": [{"key": "l1", "title": "While", "before": ""}],
        "retitled": [{"key": "l2", "title": "For", "before": "For loops"}],
        "moved": [{"key": "l3", "title": "Nowhere to be seen", "before": ""}],
    }
    with writing():
        db.session.execute(update(CourseVersion).values(number=2, difference=brought))
        db.session.execute(update(Course).values(minutes=1))
    page = client.get(f"/courses/{course.slug}").text
    for words in ("in version 2", "While", "For", "was “For loops”"):
        assert words in page
    assert "Nowhere" not in page


def test_a_draft_is_shown_to_its_team_with_a_banner(client: CheckedClient, app: Flask) -> None:
    owner = make_user("Owner", roles=["contributor"])
    course = make_course("Loops", owner=owner, published=False)
    for person, status in ((None, 404), (make_user(), 404), (owner, 200)):
        visitor = app.test_client()
        if person:
            sign_in(visitor, person)
        response = visitor.get(f"/courses/{course.slug}")
        assert response.status_code == status
        assert ("Only you and your team see this" in response.text) == (status == 200)


def test_an_unlisted_course_is_not_there_for_strangers(client: CheckedClient) -> None:
    assert client.get(f"/courses/{make_course(is_public=False).slug}").status_code == 404
    assert client.get("/courses/nothing").status_code == 404


@pytest.mark.parametrize("courses", [25, 250])
@both_databases
def test_the_signed_in_catalogue_is_six_statements_and_then_three(
    client: CheckedClient, app: Flask, courses: int
) -> None:
    owner = make_user()
    with writing():
        for number in range(courses):
            make_course(f"Course {number}", owner=owner, lessons=1)
    sign_in(client, owner)
    client.get("/courses")  # notes that the session is in use, once in five minutes
    for statements in (6, 3):  # the first looks once more whether the state is still the same
        with count_sql(at_most=statements):
            client.get("/courses?q=course")


@pytest.mark.parametrize("lessons", [10, 200])
@both_databases
def test_the_course_page_is_seven_statements_and_then_six(
    client: CheckedClient, app: Flask, lessons: int
) -> None:
    team = [(make_user(), CourseRole.INSTRUCTOR) for _ in range(3)]
    course = make_course(lessons=lessons // 2, modules=2, people=team)
    with count_sql(at_most=6):
        client.get(f"/courses/{course.slug}")
    member = make_user()
    make_enrollment(member, course)
    for person in (make_user(), member):
        sign_in(client, person)
        client.get("/courses")
        for statements in (7, 6):
            with count_sql(at_most=statements):
                client.get(f"/courses/{course.slug}")
