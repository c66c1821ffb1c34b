"""The board's page, its order, its changes, undoing."""

import pytest

from app.blueprints.builder import services
from app.blueprints.courses.models import Course, CourseInstructor, CourseRole
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base, give_role, version_of
from tests.builder.steps import add_lesson, add_module, keys_of, titles_of, write
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def filled(author: Actor, course: Course) -> Course:
    """A board of two modules with two lessons each."""
    second = add_module(author, course, "Water")
    for title in ("Clay", "Sand"):
        add_lesson(author, course, title)
    for title in ("Rain", "Rivers"):
        add_lesson(author, course, title, second)
    return course


def test_the_board_shows_modules_and_lessons(desk: CheckedClient, filled: Course) -> None:
    text = desk.get(f"{base(filled)}/board").text
    for title in ("Introduction", "Water", "Clay", "Sand", "Rain", "Rivers"):
        assert title in text


def test_the_board_carries_its_revision(desk: CheckedClient, filled: Course) -> None:
    etag = desk.get(f"{base(filled)}/board").headers["ETag"]
    assert etag == f'"b{version_of(filled).board_revision}"'


@pytest.mark.parametrize("lessons", [10, 200])
def test_the_board_takes_the_same_statements_at_any_size(
    client: CheckedClient, lessons: int
) -> None:
    owner = make_user("Otto Owner", roles=["contributor"])
    course = make_course(owner=owner, modules=5, lessons=lessons // 5, published=False)
    sign_in(client, owner)
    client.get(f"{base(course)}/board")
    with count_sql(at_most=10):
        assert client.get(f"{base(course)}/board").text.count('class="card ') == lessons


def test_a_whole_order_by_form(desk: CheckedClient, filled: Course) -> None:
    (first, (clay, sand)), (second, (rain, rivers)) = keys_of(filled)
    order = f"{second}: {clay} {rivers}\n{first}: {rain} {sand}"
    form = {"board_revision": version_of(filled).board_revision, "order": order}
    response = desk.post(f"{base(filled)}/board/order?_method=PUT", data=form)
    assert (response.status_code, response.location) == (303, f"{base(filled)}/board")
    assert keys_of(filled) == [(second, [clay, rivers]), (first, [rain, sand])]


def test_a_whole_order_by_json_needs_the_etag(desk: CheckedClient, filled: Course) -> None:
    url, order = f"{base(filled)}/board/order", keys_of(filled)[::-1]
    compressed = {"Accept-Encoding": "gzip"}
    etag = desk.get(f"{base(filled)}/board", headers=compressed).headers["ETag"]
    json = {"Accept": "application/json"}
    assert desk.put(url, json={"order": order}, headers=json).status_code == 422
    done = desk.put(url, json={"order": order}, headers={**json, "If-Match": etag})
    assert done.status_code == 200
    assert keys_of(filled) == order
    stale = desk.put(url, json={"order": order[::-1]}, headers={**json, "If-Match": etag})
    assert stale.status_code == 409
    assert stale.json is not None
    assert stale.json["order"] == [[module, keys] for module, keys in order]
    assert stale.headers["ETag"] == done.headers["ETag"]
    assert keys_of(filled) == order


@pytest.mark.parametrize("order", [None, 7, [1], [["a", None]], [["a", ["b", 3]]]])
def test_an_order_of_another_shape_is_invalid(
    desk: CheckedClient, filled: Course, order: object
) -> None:
    sent = {"order": order, "board_revision": version_of(filled).board_revision}
    url = f"{base(filled)}/board/order"
    assert desk.put(url, json=sent, headers={"Accept": "application/json"}).status_code == 422


def test_a_stale_order_shows_the_board_as_it_is(desk: CheckedClient, filled: Course) -> None:
    form = {"board_revision": 1, "order": ""}
    page = desk.put(f"{base(filled)}/board/order", data=form)
    assert page.status_code == 409
    assert "The board has changed" in page.text
    assert "<!doctype" in page.text.lower()
    parts = desk.put(f"{base(filled)}/board/order", data=form, headers=PART)
    assert parts.status_code == 409
    assert 'hx-target="#columns"' in parts.text
    assert 'hx-target="#board-notice"' in parts.text


def test_changes_give_only_what_was_touched(
    desk: CheckedClient, author: Actor, filled: Course
) -> None:
    version = version_of(filled)
    seen, url = version.sequence, f"{base(filled)}/board/changes?version={version.id}&since="
    (first, (clay, sand)), (second, _) = keys_of(filled)
    nothing = desk.get(f"{url}{seen}", headers=PART)
    assert 'hx-target="#module-' not in nothing.text
    known = {**PART, "If-None-Match": nothing.headers["ETag"]}
    assert desk.get(f"{url}{seen}", headers=known).status_code == 304
    with writing():
        services.move_lesson(author, course_id=filled.id, key=clay, module=first, after=sand)
    parts = desk.get(f"{url}{seen}", headers=PART).text
    assert f'hx-target="#module-{first}"' in parts
    assert f'hx-target="#module-{second}"' not in parts
    add_module(author, filled, "Air")
    assert 'hx-target="#columns"' in desk.get(f"{url}{seen}", headers=PART).text
    assert 'hx-target="#columns"' not in desk.get(f"{url}{seen + 2}", headers=PART).text
    assert desk.get(f"{url}{seen + 2}", headers=known).status_code == 200


def test_changes_of_another_version_give_everything(desk: CheckedClient, filled: Course) -> None:
    parts = desk.get(f"{base(filled)}/board/changes?version=0&since=99", headers=PART)
    assert 'hx-target="#columns"' in parts.text


def test_undo_brings_a_lesson_back(desk: CheckedClient, filled: Course) -> None:
    before = titles_of(filled)
    clay = keys_of(filled)[0][1][0]
    removed = desk.delete(f"{base(filled)}/lessons/{clay}", headers=PART).text
    sequence = version_of(filled).sequence
    assert f"{base(filled)}/operations/{sequence}/undo" in removed
    parts = desk.post(f"{base(filled)}/operations/{sequence}/undo", headers=PART)
    assert f'data-undone="{sequence}"' in parts.text
    assert titles_of(filled) == before
    again = desk.post(f"{base(filled)}/operations/{sequence}/undo", headers=PART)
    assert again.status_code == 409
    assert desk.post(f"{base(filled)}/operations/999/undo").status_code == 404


def test_undo_without_script_stands_in_the_notice(desk: CheckedClient, filled: Course) -> None:
    clay = keys_of(filled)[0][1][0]
    gone = desk.post(f"{base(filled)}/lessons/{clay}?_method=DELETE", follow_redirects=True)
    url = f"{base(filled)}/operations/{version_of(filled).sequence}/undo"
    assert f'action="{url}"' in gone.text
    desk.post(url)
    assert clay in keys_of(filled)[0][1]


def test_changes_of_others_are_told(desk: CheckedClient, filled: Course) -> None:
    colleague = give_role(filled, make_user("Tomas Lind"), CourseRole.INSTRUCTOR)
    version = version_of(filled)
    seen = f"version={version.id}&since={version.sequence}"
    add_lesson(actor_for(colleague), filled, "Peat")
    parts = desk.get(f"{base(filled)}/board/changes?{seen}", headers=PART).text
    assert "Peat" in parts
    assert "Tomas Lind changed the board." in parts


def test_a_look_that_finds_nothing_is_cheap(
    desk: CheckedClient, author: Actor, filled: Course
) -> None:
    url = f"{base(filled)}/board/changes?version=0&lesson={keys_of(filled)[0][1][0]}"
    known = {**PART, "If-None-Match": desk.get(url, headers=PART).headers["ETag"]}
    with count_sql(at_most=3) as sent:  # who asks, for which course, and how things stand
        found = desk.get(url, headers=known)
    assert (found.status_code, found.data, len(sent)) == (304, b"", 3)
    write(author, filled, keys_of(filled)[0][1][0], "<p>More.</p>")
    assert desk.get(url, headers=known).status_code == 200


def test_a_look_tells_how_far_a_text_has_come(
    desk: CheckedClient, author: Actor, filled: Course
) -> None:
    lesson = keys_of(filled)[0][1][0]
    url = f"{base(filled)}/board/changes?version={version_of(filled).id}&since=99&lesson="
    before = desk.get(url + lesson, headers=PART).text
    write(author, filled, lesson, "<p>More.</p>")
    after = desk.get(url + lesson, headers=PART).text
    assert before != after
    assert f'data-lesson="{lesson}" data-text="1"' in after
    assert 'data-lesson="gone" data-text=""' in desk.get(url + "gone", headers=PART).text


def test_rights_are_looked_at_each_time(desk: CheckedClient, filled: Course) -> None:
    colleague = give_role(filled, make_user("Tomas Lind"), CourseRole.INSTRUCTOR)
    sign_in(desk, colleague)
    url = f"{base(filled)}/board/changes"
    known = {**PART, "If-None-Match": desk.get(url, headers=PART).headers["ETag"]}
    assert desk.get(url, headers=known).status_code == 304
    with saving():
        db.session.query(CourseInstructor).filter_by(user_id=colleague.id).delete()
    assert desk.get(url, headers=known).status_code == 404
