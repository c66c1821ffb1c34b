"""A lesson's settings: what completes it, when it opens, how long it takes."""

import pytest

from app.blueprints.courses.models import CompletionRule, Course
from app.blueprints.courses.queries import get_course, outlines, shown_in_builder
from app.blueprints.courses.rules.difference import compare
from app.core.actor import Actor
from tests.builder.pages import base, card_of
from tests.builder.steps import add_lesson, publish, undo_last, working, write
from tests.factories.accounts import actor_for, make_user
from tests.support.client import PART, CheckedClient


@pytest.fixture
def two(author: Actor, course: Course) -> tuple[str, str]:
    """Two lessons with a text each."""
    keys = add_lesson(author, course, "Clay"), add_lesson(author, course, "Glaze")
    for key in keys:
        write(author, course, key)
    return keys


def change(desk: CheckedClient, course: Course, key: str, **values: str) -> int:
    """Save settings; return the status."""
    form = {"revision": str(card_of(course, key).revision), **values}
    url = f"{base(course)}/lessons/{key}"
    return desk.patch(url, data=form, headers=PART).status_code


def test_settings_are_saved_and_shown(
    desk: CheckedClient, course: Course, two: tuple[str, str]
) -> None:
    first, second = two
    timed = {"completion": "timed", "timed_minutes": "2", "timed_seconds": "5"}
    assert change(desk, course, second, **timed) == 200
    assert change(desk, course, second, release="after", opens_after=first) == 200
    lesson = card_of(course, second)
    assert (lesson.completion_rule, lesson.completion_seconds) == (CompletionRule.TIMED, 125)
    assert lesson.release == {"rule": "after", "key": first}
    page = desk.get(f"{base(course)}/lessons/{second}").text
    assert "Done after 2 min 5 s" in page
    assert "Opens after another lesson" in page
    assert change(desk, course, second, completion="manual", release="at_once") == 200
    lesson = card_of(course, second)
    assert (lesson.completion_seconds, lesson.release) == (None, {})


def test_what_makes_no_sense_is_refused(
    desk: CheckedClient, course: Course, two: tuple[str, str]
) -> None:
    first, second = two
    assert change(desk, course, second, release="after", opens_after=first) == 200
    for wrong in (
        {"completion": "timed"},
        {"completion": "never"},
        {"release": "after", "opens_after": "gone"},
        {"release": "days", "opens_days": "0"},
    ):
        assert change(desk, course, first, **wrong) == 422
    form = {"revision": str(card_of(course, first).revision)}
    form |= {"release": "after", "opens_after": second}
    told = desk.patch(f"{base(course)}/lessons/{first}", data=form)
    assert told.status_code == 422
    assert "wait for itself" in told.text
    assert card_of(course, first).release == {}


def test_minutes_follow_the_text_unless_an_author_says_others(
    desk: CheckedClient, author: Actor, course: Course, two: tuple[str, str]
) -> None:
    key = add_lesson(author, course, "Sand")
    assert card_of(course, key).minutes == 5  # nobody knows yet
    write(author, course, key, f"<p>{'word ' * 2_000}</p>")
    assert card_of(course, key).minutes == 10
    page = desk.get(f"{base(course)}/lessons/{key}").text
    assert "about 10 min" in page
    assert change(desk, course, key, minutes="12") == 200
    write(author, course, key, f"<p>{'word ' * 400}</p>")
    assert card_of(course, key).minutes == 12
    assert "about 12 min, from the text" in desk.get(f"{base(course)}/lessons/{key}").text
    assert change(desk, course, key, minutes="") == 200
    assert card_of(course, key).minutes == 12
    write(author, course, key, f"<p>{'word ' * 200}</p>")
    assert card_of(course, key).minutes == 13
    for _ in range(3):
        undo_last(author, course)  # the text, that minutes are left to it, the text
    assert card_of(course, key).minutes == 12
    undo_last(author, course)
    assert card_of(course, key).minutes == 10


def test_settings_go_along_with_versions(
    desk: CheckedClient, course: Course, two: tuple[str, str]
) -> None:
    first, second = two
    change(desk, course, second, completion="timed", timed_minutes="1")
    change(desk, course, second, release="days", opens_days="3")
    publish(actor_for(make_user(roles=["approver"])), course)
    published = shown_in_builder(get_course(course.id))
    assert published.number == 1
    assert change(desk, course, first, title="Fine clay") == 200
    copy = card_of(course, second)
    assert copy.version_id != published.id
    assert (copy.completion_seconds, copy.release) == (60, {"rule": "days", "days": 3})
    assert compare(*outlines(published, working(course))).resettled == []
    assert change(desk, course, second, release="days", opens_days="4") == 200
    assert [one.key for one in compare(*outlines(published, working(course))).resettled] == [second]
