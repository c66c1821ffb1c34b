"""Commands that would leave everything as it is: nothing is made, recorded or to be undone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.rules.texts import digest
from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.courses.queries import find_working_version
from app.core.actor import Actor
from app.core.db import db
from tests.builder.pages import base, card_of, version_of
from tests.builder.steps import working
from tests.factories.accounts import sign_in
from tests.factories.courses import make_course, owner_of
from tests.support.client import PART, CheckedClient

TEXT = {"key": "block0000001", "type": "text", "html": "<p>Read this.</p>"}
BLOCK = "lessons/l1/blocks/block0000001"
BASICS = {
    "title": "Programming with Python",
    "difficulty": "beginner",
    "language": "en",
    "gives_certificate": "y",
}
SAVED_TEXT = {"type": "text", "html-block0000001": TEXT["html"], "base": digest(TEXT)}
# What is sent to change nothing: the method, the address, the fields.
COMMANDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a block that is gone": ("DELETE", "lessons/l1/blocks/gone00000000", {"base": "x"}),
    "a block as it is": ("PUT", BLOCK, SAVED_TEXT),
    "a block that was there": ("POST", "lessons/l1/blocks", {"block": json.dumps(TEXT)}),
    "a block in its place": ("POST", f"{BLOCK}/move", {"after": ""}),
    "a lesson's title": ("PATCH", "lessons/l1", {"title": "Lesson 1 ", "revision": "1"}),
    "a lesson's settings": (
        "PATCH",
        "lessons/l1",
        {"minutes": "", "is_required": "1", "kind": "text", "revision": "1"},
    ),
    "a lesson in its place": ("POST", "lessons/l2/move", {"module": "m1", "after": "l1"}),
    "lessons in their places": (
        "POST",
        "selection/move",
        {"key": ["l2", "l1"], "module": "m1", "after": ""},
    ),
    "required lessons": ("PATCH", "selection", {"key": ["l1", "l2"], "is_required": "1"}),
    "a module's title": ("PATCH", "modules/m1", {"title": "Part 1", "revision": "1"}),
    "a module in its place": ("POST", "modules/m2/move", {"after": "m1"}),
    "the whole order": (
        "PUT",
        "board/order",
        {"order": "m1: l1 l2\nm2: l3 l4", "board_revision": "1"},
    ),
    "the basics": ("POST", "basics", BASICS),
    "the pace": ("POST", "pacing", {"mode": "self_paced", "every_days": "7"}),
    "no cover": ("DELETE", "cover", {}),
}
Send = Callable[..., Any]


@pytest.fixture
def published() -> Course:
    """A course that nobody has changed since it was published."""
    return make_course(modules=2)


@pytest.fixture
def send(client: CheckedClient, published: Course) -> Send:
    """Send one of the commands as the course's owner."""
    sign_in(client, owner_of(published))

    def sent(name: str, **more: Any) -> Any:
        method, address, fields = COMMANDS[name]
        if name == "the basics":
            page = client.get(f"{base(published)}/basics").text
            fields = {**fields, "base": page.split('name="base" type="hidden" value="')[1][:16]}
        return client.open(f"{base(published)}/{address}", method=method, data=fields, **more)

    return sent


def written(course: Course) -> tuple[bool, int, int]:
    """Whether a working version was made, how many operations there are, and versions."""
    db.session.expire_all()
    counts = [
        db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (BuilderOperation, CourseVersion)
    ]
    return find_working_version(course.id) is not None, counts[0], counts[1]


@pytest.mark.parametrize("headers", [{}, PART], ids=["page", "part"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_changes_nothing_leaves_nothing(
    send: Send, published: Course, name: str, headers: dict[str, str]
) -> None:
    before = written(published)
    answer = send(name, headers=headers)
    assert answer.status_code in (200, 204, 303), answer.text[:500]
    assert written(published) == before == (False, 0, 1)


def test_on_a_working_version_it_leaves_nothing_to_take_back(
    client: CheckedClient, send: Send, published: Course
) -> None:
    client.patch(f"{base(published)}/modules/m1", data={"title": "First", "revision": "1"})
    client.patch(f"{base(published)}/modules/m1", data={"title": "Part 1", "revision": "2"})
    revision, before = working(published).revision, written(published)
    assert before == (True, 2, 2)
    for name in COMMANDS.keys() - {"a module's title", "the whole order"}:
        assert send(name).status_code < 400, name
    assert (working(published).revision, written(published)) == (revision, before)


def test_a_part_tells_that_nothing_changed_and_draws_the_board(send: Send) -> None:
    answer = send("a module's title", headers=PART).text
    assert "It is like this already." in answer
    assert 'data-key="m1"' in answer


def test_by_json_the_order_as_it_is_is_answered_as_one_that_was_written(
    client: CheckedClient, send: Send, published: Course
) -> None:
    etag = f'"b{version_of(published).board_revision}"'
    order = [["m1", ["l1", "l2"]], ["m2", ["l3", "l4"]]]
    headers = {"Accept": "application/json", "If-Match": etag}
    answer = client.put(f"{base(published)}/board/order", json={"order": order}, headers=headers)
    assert (answer.status_code, answer.headers["ETag"]) == (200, etag)
    assert answer.json is not None
    assert answer.json["board_revision"] == version_of(published).board_revision


def test_the_smallest_change_is_still_written(
    author: Actor, client: CheckedClient, send: Send, published: Course
) -> None:
    revision = card_of(published, "l1").revision
    fields = {"minutes": "6", "is_required": "1", "revision": revision}
    assert client.patch(f"{base(published)}/lessons/l1", data=fields).status_code == 303
    assert written(published) == (True, 1, 2)
