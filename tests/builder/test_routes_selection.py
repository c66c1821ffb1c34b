"""Commands on several lessons at once, copies, adding once, the activity list."""

from typing import Any

import pytest

from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.courses.models import Course, CourseRole
from app.core.actor import Actor
from tests.builder.pages import base, card_of, give_role
from tests.builder.steps import (
    add_lesson,
    add_module,
    history,
    keys_of,
    titles_of,
    undo_last,
    working,
    write,
)
from tests.factories.accounts import make_user, sign_in
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def keys(author: Actor, course: Course) -> list[str]:
    """Three lessons, before an empty module."""
    made = [add_lesson(author, course, title) for title in ("Clay", "Sand", "Silt")]
    add_module(author, course, "Water")
    return made


def test_ticked_lessons_move_together(desk: CheckedClient, course: Course, keys: list[str]) -> None:
    ticked = {"key": [keys[2], keys[0]]}
    asked = desk.post(f"{base(course)}/selection/place", data=ticked, follow_redirects=True)
    assert "Where 2 lessons should go" in asked.text
    assert 'name="csrf_token"' not in asked.request.query_string.decode()
    place = {**ticked, "place": f"{keys_of(course)[1][0]}/"}
    assert desk.post(f"{base(course)}/selection/move", data=place).status_code == 303
    assert titles_of(course) == [("Introduction", ["Sand"]), ("Water", ["Clay", "Silt"])]
    place["place"] = f"{keys_of(course)[0][0]}/{keys[1]}"
    parts = desk.post(f"{base(course)}/selection/move", data=place, headers=PART)
    assert parts.text.count('class="column"') == 2
    assert titles_of(course)[0][1] == ["Sand", "Clay", "Silt"]
    gone = desk.post(f"{base(course)}/selection/move", data={**place, "key": "gone"}, headers=PART)
    assert gone.status_code == 409


def test_ticked_lessons_are_copied_required_and_removed(
    desk: CheckedClient, author: Actor, course: Course, keys: list[str]
) -> None:
    write(author, course, keys[0], "<p>About clay</p>")
    url, ticked = f"{base(course)}/selection", {"key": keys[:2]}
    assert desk.post(f"{url}/copies", data=ticked).status_code == 303
    copied = ["Clay", "Clay (copy)", "Sand", "Sand (copy)", "Silt"]
    assert titles_of(course)[0][1] == copied
    copy = keys_of(course)[0][1][1]
    texts = [lesson_text(working(course).id, key).blocks for key in (keys[0], copy)]
    assert texts[0][0]["html"] == texts[1][0]["html"]
    assert texts[0][0]["key"] != texts[1][0]["key"]
    assert desk.patch(f"{url}?is_required=0", data=ticked, headers=PART).status_code == 200
    assert not card_of(course, keys[1]).is_required
    assert desk.patch(f"{url}?is_required=x", data=ticked, headers=PART).status_code == 422
    removed = desk.post(f"{url}?_method=DELETE", data=ticked, follow_redirects=True)
    assert "2 lessons removed." in removed.text
    assert titles_of(course)[0][1] == ["Clay (copy)", "Sand (copy)", "Silt"]
    undo_last(author, course)
    undo_last(author, course)
    undo_last(author, course)
    assert titles_of(course)[0][1] == ["Clay", "Sand", "Silt"]


def test_a_copy_that_somebody_works_on_stays(
    author: Actor, desk: CheckedClient, course: Course, keys: list[str]
) -> None:
    desk.post(f"{base(course)}/selection/copies", data={"key": keys[0]})
    sequence = history(author, course).undo
    write(author, course, keys_of(course)[0][1][1])
    refused = desk.post(f"{base(course)}/operations/{sequence}/undo", headers=PART)
    assert refused.status_code == 409
    assert "Nothing was overwritten." in refused.text
    # What could not be taken back is passed over, and what was before it comes next.
    assert f'data-undo="{sequence - 1 if sequence else 0}"' in refused.text
    plain = desk.post(f"{base(course)}/operations/{sequence}/undo")
    assert plain.status_code == 409
    assert "Clay (copy)" in plain.text


def test_a_module_is_copied_with_its_lessons(
    desk: CheckedClient, author: Actor, course: Course, keys: list[str]
) -> None:
    write(author, course, keys[0])
    first = keys_of(course)[0][0]
    parts = desk.post(f"{base(course)}/modules/{first}/copies", headers=PART)
    assert 'hx-target="#columns"' in parts.text
    lessons = ["Clay", "Sand", "Silt"]
    expected = [("Introduction", lessons), ("Introduction (copy)", lessons), ("Water", [])]
    assert titles_of(course) == expected
    undo_last(author, course)
    assert titles_of(course) == [expected[0], expected[2]]
    assert desk.post(f"{base(course)}/modules/gone/copies").status_code == 409


@pytest.mark.parametrize("ticked", [{}, {"key": []}])
def test_nothing_ticked_is_invalid(
    desk: CheckedClient, course: Course, keys: list[str], ticked: dict[str, Any]
) -> None:
    url = f"{base(course)}/selection"
    assert desk.get(f"{url}/place").status_code == 422
    assert desk.post(f"{url}/copies", data=ticked).status_code == 422
    assert desk.delete(url, data=ticked).status_code == 422
    place = {**ticked, "module": keys_of(course)[0][0]}
    assert desk.post(f"{url}/move", data=place).status_code == 422


def test_others_may_neither_choose_nor_look(
    client: CheckedClient, course: Course, keys: list[str]
) -> None:
    url, ticked = base(course), {"key": keys}
    sign_in(client, make_user("Tomas Lind", roles=["contributor"]))
    assert client.post(f"{url}/selection/copies", data=ticked).status_code == 404
    assert client.get(f"{url}/activity").status_code == 404
    sign_in(client, give_role(course, make_user(), CourseRole.ASSISTANT))
    assert client.post(f"{url}/selection/copies", data=ticked).status_code == 403
    assert client.get(f"{url}/activity").status_code == 403


def test_a_form_sent_twice_adds_once(desk: CheckedClient, course: Course) -> None:
    first = keys_of(course)[0][0]
    for url, form in (
        (f"{base(course)}/modules/{first}/lessons", {"title": "Clay", "key": "k1"}),
        (f"{base(course)}/modules", {"title": "Water", "key": "k1"}),
    ):
        answers = [desk.post(url, data=form, headers=PART) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        desk.post(url, data={**form, "key": "k2"})
    expected = [("Introduction", ["Clay", "Clay"]), ("Water", []), ("Water", [])]
    assert titles_of(course) == expected


def test_the_activity_tells_who_did_what(
    desk: CheckedClient, author: Actor, course: Course, keys: list[str]
) -> None:
    undo_last(author, course)
    page = desk.get(f"{base(course)}/activity")
    assert "Lesson “Clay” added to “Introduction”." in page.text
    assert "Miriam Rao" in page.text
    assert "Taken back" in page.text
    for number in range(30):
        add_lesson(author, course, f"More {number}")
    with count_sql(at_most=10):
        assert "More 29" in desk.get(f"{base(course)}/activity").text
    assert "More 29" not in desk.get(f"{base(course)}/activity?page=2").text
    sequence = history(author, course).undo
    assert f"/operations/{sequence}/undo" in desk.get(f"{base(course)}/activity").text
    desk.post(f"{base(course)}/operations/{sequence}/undo")
    assert "Undone:" in desk.get(f"{base(course)}/activity").text
