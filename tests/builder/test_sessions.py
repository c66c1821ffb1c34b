"""Runs of authoring: begun by a post, one a person and course, closed when nobody goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.builder import services
from app.blueprints.builder.jobs import close_idle_sessions
from app.blueprints.builder.models import BuilderSession
from app.blueprints.builder.queries import last_session, now_at
from app.blueprints.builder.rules.sessions import IDLE, Place, is_here, is_news
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Forbidden
from tests.builder.pages import base, give_role, version_of
from tests.builder.steps import add_lesson, keys_of, write
from tests.builder.test_routes_blocks import address, blocks_of, fields
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support import both_databases
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def runs() -> list[BuilderSession]:
    """Every run, the oldest first."""
    return list(db.session.execute(select(BuilderSession).order_by(BuilderSession.id)).scalars())


def be_at(actor: Actor, course: Course, place: Place) -> None:
    """Say that somebody is there."""
    with writing():
        services.go_on_building(actor, course_id=course.id, place=place)


@pytest.fixture
def tomas(course: Course) -> Actor:
    """A second author of the course."""
    return actor_for(give_role(course, make_user("Tomas Lind"), CourseRole.INSTRUCTOR))


def test_looking_begins_nothing(desk: CheckedClient, course: Course) -> None:
    for page in ("basics", "board", "review", "board/changes"):
        desk.get(f"{base(course)}/{page}")
    assert runs() == []


def test_the_first_post_begins_a_run(desk: CheckedClient, author: Actor, course: Course) -> None:
    lesson = add_lesson(author, course, "Clay")
    url = f"{base(course)}/session"
    assert desk.post(url, data={"step": 2, "lesson": lesson}).status_code == 204
    (run,) = runs()
    assert (run.instructor_id, run.course_id) == (author.id, course.id)
    assert (run.step, run.total_steps, run.lesson) == (2, 3, lesson)
    assert run.version_id == version_of(course).id
    assert len(run.public_id) >= 20
    assert run.expires_at - run.last_seen_at == IDLE
    # An empty lesson, nothing about the course, nothing published: none of the steps is done.
    assert (run.problems, run.progress) == (1, 0)
    desk.post(url, data={"step": 3})
    assert [run.step for run in runs()] == [3]


@pytest.mark.parametrize("wrong", [{}, {"step": 0}, {"step": 4}, {"step": 2, "lesson": "x" * 33}])
def test_other_places_are_invalid(
    desk: CheckedClient, course: Course, wrong: dict[str, object]
) -> None:
    assert desk.post(f"{base(course)}/session", data=wrong).status_code == 422
    assert runs() == []


def test_only_authors_are_here(client: CheckedClient, course: Course) -> None:
    url, form = f"{base(course)}/session", {"step": 2}
    assert client.post(url, data=form).status_code == 404
    sign_in(client, make_user())
    assert client.post(url, data=form).status_code == 404
    assistant = give_role(course, make_user(), CourseRole.ASSISTANT)
    sign_in(client, assistant)
    assert client.post(url, data=form, headers=PART).status_code == 403
    with pytest.raises(Forbidden), writing():
        services.go_on_building(actor_for(assistant), course_id=course.id, place=Place(2))
    assert runs() == []


def test_what_is_known_is_not_written_again(desk: CheckedClient, course: Course) -> None:
    url = f"{base(course)}/session"
    with clock.freeze(NOON):
        desk.post(url, data={"step": 2})
    (before,) = [run.last_seen_at for run in runs()]
    desk.post(url, data={"step": 2})
    seen = runs()[0].last_seen_at
    assert seen > before or seen == before
    with count_sql() as sent:
        desk.post(url, data={"step": 2})
    assert not [text for text in sent.texts if text.startswith(("UPDATE", "INSERT"))]
    with count_sql() as sent:
        desk.post(url, data={"step": 2, "lesson": "elsewhere"})
    assert len([text for text in sent.texts if text.startswith("UPDATE")]) == 1


def test_news_is_another_place_or_a_while() -> None:
    board, soon = Place(2), NOON + timedelta(seconds=7)
    assert not is_news(board, board, NOON, soon)
    assert is_news(Place(2, "clay"), board, NOON, soon)
    assert is_news(board, board, NOON, NOON + timedelta(seconds=8))
    assert is_here(NOON, NOON + timedelta(seconds=24))
    assert not is_here(NOON, NOON + timedelta(seconds=25))


def test_autosaves_are_counted_and_begin_a_run(desk: CheckedClient, course: Course) -> None:
    lesson = desk.post(
        f"{base(course)}/modules/{keys_of(course)[0][0]}/lessons",
        data={"title": "Clay"},
        headers=PART,
    )
    assert lesson.status_code == 200
    key = keys_of(course)[0][1][0]
    desk.post(address(course, key), data={"type": "text"}, headers=PART)
    for html in ("<p>One</p>", "<p>Two</p>"):
        block = blocks_of(course, key)[0]
        saved = desk.put(address(course, key, block), data=fields(block, html), headers=PART)
        assert saved.status_code == 204
    (run,) = runs()
    assert (run.autosaves, run.step, run.lesson) == (3, 2, key)


def test_idle_runs_are_closed_and_the_working_version_stays(
    author: Actor, course: Course, tomas: Actor
) -> None:
    lesson = add_lesson(author, course, "Clay")
    write(author, course, lesson, "<p>All of it.</p>")
    version, text = version_of(course).id, blocks_of(course, lesson)[0].block
    with clock.freeze(NOON):
        be_at(author, course, Place(2, lesson))
    with clock.freeze(NOON + timedelta(hours=11)):
        be_at(tomas, course, Place(1))
    with clock.freeze(NOON + IDLE):
        with writing():
            close_idle_sessions()
        mine, theirs = runs()
        assert mine.closed_at == NOON + IDLE
        assert theirs.closed_at is None
        with writing():
            close_idle_sessions()
        assert runs()[0].closed_at == NOON + IDLE
    assert version_of(course).id == version
    assert blocks_of(course, lesson)[0].block == text


def test_a_run_that_was_left_is_not_gone_on_with(author: Actor, course: Course) -> None:
    with clock.freeze(NOON):
        be_at(author, course, Place(2))
    with clock.freeze(NOON + IDLE):
        be_at(author, course, Place(2))
    first, second = runs()
    assert first.closed_at == NOON + IDLE
    assert second.closed_at is None
    assert first.public_id != second.public_id


@both_databases
def test_tabs_of_one_person_begin_one_run(app: Flask, author: Actor, course: Course) -> None:
    def begin(step: int) -> None:
        with app.app_context(), writing():
            services.go_on_building(author, course_id=course.id, place=Place(step % 3 + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(24)))
    assert len(runs()) == 1


@both_databases
def test_the_others_are_seen_while_they_are_here(
    author: Actor, course: Course, tomas: Actor
) -> None:
    lesson = add_lesson(author, course, "Clay")
    with clock.freeze(NOON):
        be_at(author, course, Place(2))
        be_at(tomas, course, Place(2, lesson, "block1"))
    live = get_course(course.id)
    with clock.freeze(NOON + timedelta(seconds=20)), count_sql(at_most=1):
        now = now_at(live, author.id)
    assert now is not None
    (one,) = now.others
    assert (one.name, one.lesson_title, one.block) == ("Tomas Lind", "Clay", "block1")
    with clock.freeze(NOON + timedelta(seconds=26)):
        gone = now_at(live, author.id)
    assert gone is not None
    assert gone.others == ()


def test_to_go_on_with(author: Actor, course: Course) -> None:
    assert last_session(author.id) is None
    lesson = add_lesson(author, course, "Clay")
    be_at(author, course, Place(2, lesson))
    with count_sql(at_most=1):
        found = last_session(author.id)
    assert found is not None
    assert (found.title, found.lesson_title) == ("Soil and water", "Clay")
    with writing():
        services.remove_lesson(author, course_id=course.id, key=lesson)
    found = last_session(author.id)
    assert found is not None
    assert (found.lesson, found.lesson_title) == ("", "")
