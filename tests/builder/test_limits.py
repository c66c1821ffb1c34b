"""Limits of the builder: nobody who works meets them; who does keeps what was typed."""

import re

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.core.actor import Actor
from app.core.db import db
from tests.builder.pages import base, give_role, version_of
from tests.builder.steps import add_lesson, keys_of, write
from tests.factories.accounts import make_user, sign_in
from tests.support.client import PART, CheckedClient

AUTHORS = 10
# What a fast person does in a minute: a move every other second, a save every second.
MOVES, SAVES = 30, 60
FORM = {"title": "Soil", "difficulty": "beginner", "language": "en"}


@pytest.fixture
def lesson(author: Actor, course: Course) -> str:
    """A lesson with a text."""
    key = add_lesson(author, course, "Sand")
    write(author, course, key)
    return key


def browsers(app: Flask, course: Course) -> list[CheckedClient]:
    """Ten authors of one course, all behind one address."""
    found = []
    for number in range(AUTHORS):
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        author = make_user(f"Author {number}", roles=["contributor"])
        sign_in(client, give_role(course, author, CourseRole.INSTRUCTOR))
        found.append(client)
    return found


@pytest.mark.slow
def test_ten_fast_authors_behind_one_address_meet_no_limit(
    app: Flask, course: Course, lesson: str
) -> None:
    module = keys_of(course)[0][0]
    answers: set[int] = set()
    for client in browsers(app, course):
        move = f"{base(course)}/lessons/{lesson}/move"
        save = f"{base(course)}/lessons/{lesson}/blocks/aaaaaaaaaaaa"
        for _ in range(MOVES):
            moved = client.post(move, data={"module": module}, headers=PART)
            answers.add(moved.status_code)
        # An answer is the same to the limit, whatever it says: this block is not there any more.
        for _ in range(SAVES):
            saved = client.put(save, data={"type": "none"}, headers=PART)
            answers.add(saved.status_code)
    assert answers == {200, 404}


def test_over_the_limit_is_told_when_and_nothing_typed_is_lost(
    desk: CheckedClient, course: Course
) -> None:
    url = f"{base(course)}/modules"
    for _ in range(120):
        assert desk.post(url, data={"title": ""}).status_code == 422
    overview = "Sand,\nsilt & clay."
    revision = str(version_of(course).revision)
    refused = desk.post(
        f"{base(course)}/basics", data={**FORM, "overview": overview, "revision": revision}
    )
    assert refused.status_code == 429
    seconds = int(refused.headers["Retry-After"])
    assert 1 <= seconds <= 60
    assert re.search(r"Try again in (\d+\xa0?\s?s|1\s?min), at \d\d:\d\d:\d\d\.", refused.text)
    assert "Sand,\nsilt &amp; clay.</textarea>" in refused.text
    assert 'name="title" value="Soil"' in refused.text
    assert f'action="{base(course)}/basics"' in refused.text
    part = desk.post(url, data={"title": "x"}, headers=PART)
    assert (part.status_code, part.headers["Retry-After"]) == (429, str(seconds)) or seconds


def test_saving_while_typing_is_counted_apart(desk: CheckedClient, course: Course) -> None:
    for _ in range(120):
        desk.post(f"{base(course)}/modules", data={"title": ""})
    assert desk.post(f"{base(course)}/modules", data={"title": ""}).status_code == 429
    save = f"{base(course)}/lessons/gone/blocks/aaaaaaaaaaaa"
    assert desk.put(save, data={"type": "none"}).status_code == 404


def test_approvals_are_counted_like_publications(client: CheckedClient) -> None:
    sign_in(client, make_user("Ines Cole", roles=["approver"]))
    codes = [client.post("/review/999/approval").status_code for _ in range(11)]
    assert codes == [404] * 10 + [429]
    assert db.session.query(User).count() == 1
