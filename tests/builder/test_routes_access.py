"""Who gets in: each write of the builder, called by those who may not."""

import pytest

from app.blueprints.courses.models import Course, CourseRole
from app.core.actor import Actor
from tests.builder.pages import base, give_role
from tests.builder.steps import add_lesson, keys_of
from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient

WRITES = [
    ("PUT", "board/order", {"board_revision": "1", "order": ""}),
    ("POST", "operations/1/undo", {}),
    ("POST", "modules", {"title": "More"}),
    ("PATCH", "modules/{module}", {"title": "Other", "revision": "1"}),
    ("DELETE", "modules/{module}", {}),
    ("POST", "modules/{module}/move", {}),
    ("POST", "modules/{module}/lessons", {"title": "More"}),
    ("PATCH", "lessons/{lesson}", {"title": "Other", "revision": "1"}),
    ("DELETE", "lessons/{lesson}", {}),
    ("POST", "lessons/{lesson}/move", {"place": "{module}/"}),
    ("POST", "lessons/{lesson}/blocks", {"type": "text"}),
    ("PUT", "lessons/{lesson}/blocks/aaaaaaaaaaaa", {"type": "text"}),
    ("DELETE", "lessons/{lesson}/blocks/aaaaaaaaaaaa", {}),
    ("POST", "lessons/{lesson}/blocks/aaaaaaaaaaaa/move", {}),
    ("POST", "basics", {"title": "Other"}),
    ("PATCH", "basics", {"summary": "Other", "was-summary": ""}),
    ("PATCH", "lessons/{lesson}/settings", {"minutes": "9", "was-minutes": ""}),
    ("POST", "publication", {"revision": "1"}),
    ("POST", "reviews", {"revision": "1"}),
    ("POST", "versions/1/revert", {"becomes": "2"}),
    ("POST", "versions/1/lessons/{lesson}/restoration", {}),
    ("POST", "versions/1/modules/{module}/restoration", {}),
]
READS = [
    "basics",
    "board",
    "board/changes",
    "review",
    "versions",
    "lessons/{lesson}",
]


@pytest.fixture
def parts(author: Actor, course: Course) -> dict[str, str]:
    """What stands for the parts of an address."""
    lesson = add_lesson(author, course, "Clay")
    return {"module": keys_of(course)[0][0], "lesson": lesson}


@pytest.mark.parametrize(("method", "path", "form"), WRITES)
def test_writes_refuse_all_but_authors(
    client: CheckedClient,
    course: Course,
    parts: dict[str, str],
    method: str,
    path: str,
    form: dict[str, str],
) -> None:
    url, before = f"{base(course)}/{path.format(**parts)}", keys_of(course)
    assert client.open(url, method=method, data=form).status_code == 404
    sign_in(client, make_user("A Stranger", roles=["contributor"]))
    assert client.open(url, method=method, data=form).status_code == 404
    sign_in(client, give_role(course, make_user("An Assistant"), CourseRole.ASSISTANT))
    assert client.open(url, method=method, data=form).status_code == 403
    assert keys_of(course) == before


@pytest.mark.parametrize("path", READS)
def test_pages_refuse_all_but_authors(
    client: CheckedClient, course: Course, parts: dict[str, str], path: str
) -> None:
    url = f"{base(course)}/{path.format(**parts)}"
    assert client.get(url).status_code == 404
    sign_in(client, make_user("A Stranger"))
    assert client.get(url).status_code == 404
    sign_in(client, give_role(course, make_user("An Assistant"), CourseRole.ASSISTANT))
    assert client.get(url).status_code == 403
    sign_in(client, give_role(course, make_user("A Colleague"), CourseRole.INSTRUCTOR))
    assert client.get(url).status_code in (200, 204)


@pytest.mark.parametrize(("method", "path", "form"), WRITES)
def test_writes_need_the_token(
    desk: CheckedClient,
    course: Course,
    parts: dict[str, str],
    method: str,
    path: str,
    form: dict[str, str],
) -> None:
    url = f"{base(course)}/{path.format(**parts)}"
    assert desk.open(url, method=method, data=form, csrf=False).status_code == 400
