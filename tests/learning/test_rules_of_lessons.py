"""Lessons that open later, and lessons that take their time, for those who learn."""

from datetime import timedelta
from typing import Any

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import CompletionRule, Course, CourseVersion
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning import services
from app.blueprints.learning.errors import LessonLocked, TooEarly
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from tests.factories.accounts import sign_in
from tests.learning.steps import Edit, do, lesson_in, path_of, republish
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def having(key: str, **values: Any) -> Edit:
    """Give a lesson these settings."""

    def edit(version: CourseVersion) -> None:
        for name, value in values.items():
            setattr(lesson_in(version, key), name, value)

    return edit


def timed(key: str, seconds: int) -> Edit:
    return having(key, completion_rule=CompletionRule.TIMED, completion_seconds=seconds)


def after(key: str, other: str) -> Edit:
    return having(key, release={"rule": "after", "key": other})


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let some seconds pass."""
    passed = [0]
    now, db_now = clock.now, clock.db_now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(seconds=passed[0]))
    monkeypatch.setattr(clock, "db_now", lambda: db_now() + timedelta(seconds=passed[0]))

    def wait(seconds: int) -> None:
        passed[0] += seconds

    return wait


@pytest.fixture
def browser(client: CheckedClient, learner: Actor) -> CheckedClient:
    """The learner's browser."""
    sign_in(client, db.session.get_one(User, learner.id))
    return client


def opened(actor: Actor, course: Course, key: str, seen: int = 2) -> None:
    with writing():
        services.open_lesson(actor, course_id=course.id, lesson_key=key, version_number=seen)


def test_a_closed_lesson_says_what_opens_it(
    browser: CheckedClient, course: Course, learner: Actor, enrollment: Enrollment
) -> None:
    republish(course, after("l2", "l1"))
    with count_sql(at_most=8):
        page = browser.get(f"/learning/{course.slug}/l2")
    assert page.status_code == 200
    assert "It opens when you finish" in page.text
    assert "Mark as done" not in page.text
    assert 'class="lesson"' in page.text
    assert 'id="b-' not in page.text
    assert path_of(learner, course).resume_key == "l1"
    form = {"version_number": "2"}
    refused = browser.post(f"/learning/{course.slug}/l2/completion", data=form)
    assert refused.status_code == 409
    browser.post(f"/learning/{course.slug}/l1/completion", data=form)
    assert "It opens when" not in browser.get(f"/learning/{course.slug}/l2").text
    assert browser.post(f"/learning/{course.slug}/l2/completion", data=form).status_code == 303


def test_the_service_refuses_closed_lessons(
    course: Course, learner: Actor, enrollment: Enrollment, later: Any
) -> None:
    republish(course, having("l2", release={"rule": "days", "days": 1}))
    with pytest.raises(LessonLocked):
        do(learner, course, "l2", seen=2)
    with pytest.raises(LessonLocked):
        opened(learner, course, "l2")
    later(24 * 3600 + 5)
    do(learner, course, "l2", seen=2)
    assert "l2" in path_of(learner, course).done


def test_what_was_done_stays_open(course: Course, learner: Actor, enrollment: Enrollment) -> None:
    do(learner, course, "l2")
    republish(course, after("l2", "l1"))
    assert path_of(learner, course).locks == {}
    do(learner, course, "l2", seen=2)


def test_closed_lessons_come_last(course: Course, learner: Actor, enrollment: Enrollment) -> None:
    republish(course, after("l1", "l4"))
    assert path_of(learner, course).resume_key == "l2"
    do(learner, course, "l2", "l3", seen=2)
    assert path_of(learner, course).next_open("l3") == "l4"


def test_those_who_teach_see_everything(client: CheckedClient, course: Course) -> None:
    republish(course, after("l2", "l1"))
    owner = db.session.get_one(User, 1)
    sign_in(client, owner)
    page = client.get(f"/learning/{course.slug}/l2")
    if page.status_code == 200:
        assert "It opens when" not in page.text


def test_time_on_the_page_is_counted_by_the_server(
    course: Course, learner: Actor, enrollment: Enrollment, later: Any
) -> None:
    republish(course, timed("l1", 60))
    with pytest.raises(TooEarly, match="1 min"):
        do(learner, course, "l1", seen=2)
    opened(learner, course, "l1")
    later(30)
    opened(learner, course, "l1")  # again: the first time counts
    with pytest.raises(TooEarly, match=r"\b(29|30) s"):
        do(learner, course, "l1", seen=2)
    later(31)
    do(learner, course, "l1", seen=2)
    assert "l1" in path_of(learner, course).done
    do(learner, course, "l1", seen=2)


def test_a_lesson_to_be_done_again_takes_its_time_again(
    course: Course, learner: Actor, enrollment: Enrollment, later: Any
) -> None:
    republish(course, timed("l1", 60))
    opened(learner, course, "l1")
    later(61)
    do(learner, course, "l1", seen=2)
    republish(course, having("l1", title="Anew"), redo=["l1"])
    with pytest.raises(TooEarly):
        do(learner, course, "l1", seen=3)
    opened(learner, course, "l1", seen=3)
    later(61)
    do(learner, course, "l1", seen=3)
    assert "l1" in path_of(learner, course).done


def test_the_player_runs_the_clock(
    browser: CheckedClient, course: Course, enrollment: Enrollment, later: Any
) -> None:
    republish(course, timed("l1", 60))
    address, form = f"/learning/{course.slug}/l1", {"version_number": "2"}
    assert "Begin: done after 1 min" in browser.get(address).text
    assert browser.post(f"{address}/opening", data=form).status_code == 303
    assert "data-seconds-left=" in browser.get(address).text
    early = browser.post(f"{address}/completion", data=form)
    assert early.status_code == 409
    assert "Stay with this lesson" in early.text
    later(61)
    assert "Mark as done" in browser.get(address).text
    assert browser.post(f"{address}/completion", data=form | {"stay": "1"}).location == address
    assert browser.post(f"{address}/opening", data={}).status_code == 422
    assert browser.post(f"/learning/{course.slug}/gone/opening", data=form).status_code == 404
