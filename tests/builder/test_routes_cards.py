"""Commands on modules and lessons: each as a form and as a part, invalid, stale."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, LessonKind
from app.core.actor import Actor
from app.core.db import db
from tests.builder.pages import base, card_of, version_of
from tests.builder.steps import add_lesson, add_module, keys_of, titles_of
from tests.factories.courses import make_course
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql


@pytest.fixture
def clay(author: Actor, course: Course) -> str:
    """The first lesson, with another after it."""
    key = add_lesson(author, course, "Clay")
    add_lesson(author, course, "Sand")
    return key


def test_add_a_module(desk: CheckedClient, course: Course) -> None:
    assert desk.post(f"{base(course)}/modules", data={"title": "Water"}).status_code == 303
    parts = desk.post(f"{base(course)}/modules", data={"title": "Air"}, headers=PART)
    assert 'hx-target="#columns"' in parts.text
    assert [title for title, _ in titles_of(course)] == ["Introduction", "Water", "Air"]
    blank = desk.post(f"{base(course)}/modules", data={"title": "  "}, headers=PART)
    assert blank.status_code == 422
    assert "Give it a title." in blank.text


def test_rename_a_module(desk: CheckedClient, course: Course) -> None:
    url = f"{base(course)}/modules/{keys_of(course)[0][0]}"
    done = desk.post(f"{url}?_method=PATCH", data={"title": "Earth", "revision": 1})
    assert done.status_code == 303
    assert titles_of(course)[0][0] == "Earth"
    stale = desk.patch(url, data={"title": "Ground", "revision": 1}, headers=PART)
    assert stale.status_code == 409
    assert 'value="Ground"' in stale.text
    assert "It is now called “Earth”" in stale.text
    page = desk.patch(url, data={"title": "Ground", "revision": 1})
    assert page.status_code == 409
    assert 'value="Ground"' in page.text
    assert desk.patch(url, data={"title": "Ground"}).status_code == 422
    assert titles_of(course)[0][0] == "Earth"


def test_move_a_module_sends_no_column(desk: CheckedClient, author: Actor, course: Course) -> None:
    first, second = keys_of(course)[0][0], add_module(author, course, "Water")
    parts = desk.post(f"{base(course)}/modules/{second}/move?after=", headers=PART)
    assert f'data-order="{second} {first}"' in parts.text
    assert "column-cards" not in parts.text
    moved = desk.post(f"{base(course)}/modules/{second}/move?after={first}")
    assert moved.status_code == 303
    assert [key for key, _ in keys_of(course)] == [first, second]


def test_remove_a_module_and_its_lessons(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    module = keys_of(course)[0][0]
    parts = desk.delete(f"{base(course)}/modules/{module}", headers=PART)
    assert "undo" in parts.text
    assert keys_of(course) == []
    assert desk.delete(f"{base(course)}/modules/{module}", headers=PART).status_code == 409


def test_add_a_lesson(desk: CheckedClient, course: Course) -> None:
    url = f"{base(course)}/modules/{keys_of(course)[0][0]}/lessons"
    assert desk.post(url, data={"title": "Clay"}).status_code == 303
    parts = desk.post(url, data={"title": "Sand <b>"}, headers=PART)
    assert "Sand &lt;b&gt;" in parts.text
    assert titles_of(course) == [("Introduction", ["Clay", "Sand <b>"])]
    assert desk.post(url, data={"title": "x" * 201}, headers=PART).status_code == 422
    gone = desk.post(f"{base(course)}/modules/gone/lessons", data={"title": "A"}, headers=PART)
    assert gone.status_code == 409


def test_edit_a_lesson(desk: CheckedClient, course: Course, clay: str) -> None:
    url = f"{base(course)}/lessons/{clay}"
    form = {"title": "Clays", "minutes": 12, "is_required": "0", "kind": "video", "revision": 1}
    assert desk.patch(url, data=form, headers=PART).status_code == 200
    card = card_of(course, clay)
    assert (card.title, card.minutes, card.is_required) == ("Clays", 12, False)
    assert card.kind is LessonKind.VIDEO
    assert desk.patch(url, data={"title": "Clay!", "revision": 2}).status_code == 303
    assert card_of(course, clay).minutes == 12


@pytest.mark.parametrize(
    "form", [{"minutes": "0"}, {"minutes": "many"}, {"kind": "song"}, {"title": ""}]
)
def test_a_lesson_refuses_what_cannot_be(
    desk: CheckedClient, course: Course, clay: str, form: dict[str, str]
) -> None:
    url = f"{base(course)}/lessons/{clay}"
    assert desk.patch(url, data={**form, "revision": 1}, headers=PART).status_code == 422
    assert card_of(course, clay).revision == 1


def test_a_stale_rename_keeps_both_titles(desk: CheckedClient, course: Course, clay: str) -> None:
    url = f"{base(course)}/lessons/{clay}"
    desk.patch(url, data={"title": "Loam", "revision": 1})
    stale = desk.patch(url, data={"title": "Marl", "revision": 1}, headers=PART)
    assert stale.status_code == 409
    assert 'value="Marl"' in stale.text
    assert "“Loam”" in stale.text
    assert card_of(course, clay).title == "Loam"
    kept = desk.patch(url, data={"title": "Marl", "revision": 2}, headers=PART)
    assert kept.status_code == 200
    assert card_of(course, clay).title == "Marl"


def test_moving_a_lesson_sends_the_two_columns(
    desk: CheckedClient, author: Actor, course: Course, clay: str
) -> None:
    first, second, third = keys_of(course)[0][0], *(add_module(author, course, t) for t in "AB")
    form = {"module": second, "after": ""}
    parts = desk.post(f"{base(course)}/lessons/{clay}/move", data=form, headers=PART).text
    assert parts.count('class="column"') == 2
    assert f'hx-target="#module-{third}"' not in parts
    assert "moved to position 1 of 1 in “A”" in parts
    assert dict(keys_of(course))[second] == [clay]
    back = desk.post(f"{base(course)}/lessons/{clay}/move", data={"place": f"{first}/"})
    assert back.status_code == 303
    assert keys_of(course)[0][1][0] == clay


@pytest.mark.parametrize("lessons", [2, 20])
def test_a_lesson_moves_in_twelve_statements_however_many_it_passes(
    desk: CheckedClient, author: Actor, course: Course, clay: str, lessons: int
) -> None:
    last = [add_lesson(author, course, f"Lesson {number}") for number in range(lessons)][-1]
    form = {"module": keys_of(course)[0][0], "after": ""}
    with count_sql(at_most=12):
        moved = desk.post(f"{base(course)}/lessons/{last}/move", data=form)
    assert moved.status_code == 303
    assert keys_of(course)[0][1][:2] == [last, clay]


def test_moving_beside_what_is_gone_shows_the_board(
    desk: CheckedClient, course: Course, clay: str
) -> None:
    module = keys_of(course)[0][0]
    form = {"module": module, "after": "gone"}
    stale = desk.post(f"{base(course)}/lessons/{clay}/move", data=form, headers=PART)
    assert stale.status_code == 409
    assert 'hx-target="#columns"' in stale.text
    page = desk.post(f"{base(course)}/lessons/{clay}/move", data=form)
    assert page.status_code == 409
    assert "The board has changed" in page.text
    assert desk.post(f"{base(course)}/lessons/{clay}/move").status_code == 422


def test_where_to_move_is_asked(desk: CheckedClient, course: Course, clay: str) -> None:
    url = f"{base(course)}/lessons/{clay}/move"
    assert "After “Sand”" in desk.get(url).text
    part = desk.get(url, headers=PART).text
    assert part.lstrip().startswith("<form")
    assert desk.get(f"{base(course)}/lessons/gone/move").status_code == 404


def test_remove_a_lesson(desk: CheckedClient, course: Course, clay: str) -> None:
    assert desk.delete(f"{base(course)}/lessons/{clay}").status_code == 303
    assert titles_of(course) == [("Introduction", ["Sand"])]
    assert desk.delete(f"{base(course)}/lessons/{clay}", headers=PART).status_code == 409


def test_the_first_change_of_a_published_course_begins_a_version(
    desk: CheckedClient, author: Actor
) -> None:
    course = make_course(owner=db.session.get_one(User, author.id))
    assert "as learners see it" in desk.get(f"{base(course)}/board").text
    assert not version_of(course).is_working
    module = keys_of(course)[0][0]
    desk.post(f"{base(course)}/modules/{module}/lessons", data={"title": "New"})
    assert version_of(course).is_working
