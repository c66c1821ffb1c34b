"""Basics and settings that their pages save by themselves, field by field."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.blueprints.builder import services
from app.blueprints.builder.models import BuilderSession
from app.blueprints.builder.rules.fields import Field, settled
from app.blueprints.courses.models import Course, CourseRole
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base, card_of, give_role
from tests.builder.steps import (
    add_lesson,
    history,
    operations,
    publish,
    redo_last,
    undo_last,
    working,
    write,
)
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import PART, CheckedClient


def send(desk: CheckedClient, url: str, was: Mapping[str, str], **values: str) -> TestResponse:
    """Save some fields as the page does."""
    began = {f"was-{name}": value for name, value in was.items()}
    return desk.patch(url, data={**values, **began}, headers=PART)


def theirs(answer: TestResponse) -> dict[str, str]:
    """What the page would put into its fields for what somebody else wrote."""
    found = re.search(r'data-theirs="([^"]*)"', answer.text)
    assert found
    values: dict[str, str] = json.loads(unescape(found[1]))
    return values


@pytest.fixture
def lesson(author: Actor, course: Course) -> str:
    """The key of a lesson."""
    return add_lesson(author, course, "Clay")


def test_what_is_to_be_written_and_what_others_wrote() -> None:
    now = {"mine": 1, "theirs": 5, "both": 3, "same": 4}
    fields = {name: Field(3, was) for name, was in (("mine", 1), ("theirs", 1), ("both", 1))}
    fields["same"] = Field(4, 4)
    assert settled(now, fields) == ({"mine": 3}, {"theirs": 5})


def test_a_field_of_the_basics_is_saved_by_itself(desk: CheckedClient, course: Course) -> None:
    url = f"{base(course)}/basics"
    other = desk.post(url, data={"title": "Soil"})  # a form that misses most of it
    assert other.status_code == 422
    assert send(desk, url, {"summary": ""}, summary=" Mud \r\n and water ").status_code == 204
    assert send(desk, url, {"overview": ""}, overview="All of it").status_code == 204
    wanted = {"objectives": "Dig\n\nSow", "difficulty": "advanced", "gives_certificate": ""}
    was = {"objectives": "", "difficulty": "beginner", "gives_certificate": "y"}
    assert send(desk, url, was, **wanted).status_code == 204
    now = working(course)
    assert (now.summary, now.overview) == ("Mud \n and water", "All of it")
    assert (now.objectives, now.difficulty.value) == (["Dig", "Sow"], "advanced")
    assert not now.gives_certificate
    run = db.session.execute(select(BuilderSession)).scalar_one()
    assert (run.step, run.autosaves) == (1, 3)


def test_another_author_s_field_is_neither_lost_nor_in_the_way(
    desk: CheckedClient, course: Course
) -> None:
    url = f"{base(course)}/basics"
    colleague = actor_for(give_role(course, make_user(), CourseRole.INSTRUCTOR))
    with writing():
        field = {"summary": Field("Theirs", "")}
        services.save_basics(colleague, course_id=course.id, fields=field)
    assert send(desk, url, {"overview": ""}, overview="Mine").status_code == 204
    assert (working(course).summary, working(course).overview) == ("Theirs", "Mine")
    both = send(desk, url, {"summary": "", "language": "en"}, summary="Mine", language="de")
    assert both.status_code == 409
    assert "Theirs" in both.text
    assert theirs(both) == {"summary": "Theirs"}
    assert (working(course).summary, working(course).language) == ("Theirs", "de")
    kept = send(desk, url, {"summary": "Theirs"}, summary="Mine")
    assert (kept.status_code, working(course).summary) == (204, "Mine")
    named = send(desk, url, {"language": "en"}, language="fr")
    assert named.status_code == 409
    assert "German" in named.text


def test_what_makes_no_sense_is_told_and_the_rest_is_saved(
    desk: CheckedClient, course: Course, lesson: str
) -> None:
    was = {"title": course.title, "summary": "", "difficulty": "beginner"}
    url = f"{base(course)}/basics"
    told = send(desk, url, was, title=" ", summary="Mud", difficulty="godlike")
    assert told.status_code == 422
    assert 'data-of="title"' in told.text
    assert 'data-of="difficulty"' in told.text
    unheard = send(desk, url, was | {"difficulty": "godlike"}, difficulty="advanced")
    assert unheard.status_code == 422
    assert (working(course).title, working(course).summary) == (course.title, "Mud")
    was = {"title": "Clay", "minutes": "", "completion": "manual"}
    wrong = {"title": "Loam", "minutes": "many", "completion": "timed", "timed_minutes": "0"}
    told = send(desk, f"{base(course)}/lessons/{lesson}/settings", was, **wrong)
    assert told.status_code == 422
    assert set(re.findall('data-of="([a-z_]+)"', told.text)) == {"minutes", "timed_minutes"}
    assert card_of(course, lesson).title == "Loam"


def test_settings_of_a_lesson_are_saved_one_by_one(
    desk: CheckedClient, author: Actor, course: Course, lesson: str
) -> None:
    url = f"{base(course)}/lessons/{lesson}/settings"
    other = add_lesson(author, course, "Sand")
    was = {"completion": "manual", "timed_minutes": "0", "timed_seconds": "0"}
    timed = {"completion": "timed", "timed_minutes": "2", "timed_seconds": "5"}
    assert send(desk, url, was, **timed).status_code == 204
    after = {"release": "after", "opens_after": other}
    assert send(desk, url, {"release": "at_once"}, **after).status_code == 204
    assert send(desk, url, {"is_required": "1"}, is_required="0").status_code == 204
    now = card_of(course, lesson)
    assert (now.completion_seconds, now.release["key"], now.is_required) == (125, other, False)
    late = send(desk, url, was | {"release": "at_once"}, completion="automatic", release="days")
    assert late.status_code == 409
    assert {"completion": "timed", "timed_seconds": "5"}.items() <= theirs(late).items()
    assert "Done after 2 min 5 s" in late.text
    endless = {"release": "after", "opens_after": lesson}
    told = send(desk, url, after, **endless)
    assert (told.status_code, 'data-of="release"' in told.text) == (422, True)
    assert card_of(course, lesson).release["key"] == other


@pytest.mark.parametrize(
    ("name", "theirs_sent", "mine", "words"),
    [
        ("title", {"title": "Loam"}, {"title": "Marl"}, ["Marl", "Loam"]),
        ("minutes", {"minutes": "9"}, {"minutes": "12"}, ["12 min", "9 min"]),
        ("kind", {"kind": "video"}, {"kind": "quiz"}, ["Quiz", "Video"]),
        (
            "release",
            {"release": "days", "opens_days": "3"},
            {"release": "date", "opens_at": "2027-01-10T08:00"},
            ["Opens on", "Opens 3 days after enrolment"],
        ),
    ],
)
def test_both_choices_of_a_setting_are_shown_in_words(
    desk: CheckedClient,
    course: Course,
    lesson: str,
    name: str,
    theirs_sent: dict[str, str],
    mine: dict[str, str],
    words: list[str],
) -> None:
    url = f"{base(course)}/lessons/{lesson}/settings"
    first = {"title": "Clay", "minutes": "", "kind": "text", "release": "at_once"}
    was = {name: first[name]}
    assert send(desk, url, was, **theirs_sent).status_code == 204
    told = send(desk, url, was, **mine)
    assert told.status_code == 409
    assert all(one in told.text for one in words)
    assert theirs_sent.items() <= theirs(told).items()
    assert send(desk, url, theirs(told), **mine).status_code == 204


def test_a_sitting_is_one_change(
    desk: CheckedClient,
    author: Actor,
    course: Course,
    lesson: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, settings = f"{base(course)}/basics", f"{base(course)}/lessons/{lesson}/settings"
    before = operations(course)
    for was, words in (("", "M"), ("M", "Mu"), ("Mu", "Mud")):
        assert send(desk, url, {"summary": was}, summary=words).status_code == 204
    send(desk, url, {"language": "en"}, language="de")
    assert operations(course) == before + 1
    for was, words in (("Clay", "Lo"), ("Lo", "Loam")):
        assert send(desk, settings, {"title": was}, title=words).status_code == 204
    send(desk, settings, {"kind": "text"}, kind="video")
    assert operations(course) == before + 2
    assert "“Loam” saved" in desk.get(f"{base(course)}/activity").text
    undo_last(author, course)
    assert (card_of(course, lesson).title, card_of(course, lesson).kind.value) == ("Clay", "text")
    undo_last(author, course)
    assert (working(course).summary, working(course).language) == ("", "en")
    redo_last(author, course)
    assert (working(course).summary, working(course).language) == ("Mud", "de")
    send(desk, url, {"summary": "Mud"}, summary="Clay")
    count = operations(course)
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    send(desk, url, {"summary": "Clay"}, summary="Loam")
    assert operations(course) == count + 1


def test_a_command_of_its_own_is_a_change_of_its_own(
    desk: CheckedClient, author: Actor, course: Course, lesson: str
) -> None:
    renamed = {"title": "Loam", "revision": str(card_of(course, lesson).revision)}
    assert (
        desk.patch(f"{base(course)}/lessons/{lesson}", data=renamed, headers=PART).status_code
        == 200
    )
    first = history(author, course).undo
    send(desk, f"{base(course)}/lessons/{lesson}/settings", {"minutes": ""}, minutes="8")
    assert history(author, course).undo != first
    undo_last(author, course)
    assert (card_of(course, lesson).title, card_of(course, lesson).minutes) == ("Loam", 5)


def test_what_changes_nothing_makes_no_draft(desk: CheckedClient, author: Actor) -> None:
    approver = actor_for(make_user(roles=["approver"]))
    with writing():
        course = services.create_course(author, title="Soil")
    key = add_lesson(author, course, "Clay")
    write(author, course, key)
    publish(approver, course)
    published = working(course)
    assert published.number == 1
    answer = send(desk, f"{base(course)}/basics", {"title": "Old"}, title="Soil")
    assert (answer.status_code, working(course).id) == (204, published.id)
    answer = send(desk, f"{base(course)}/basics", {"title": "Old"}, title="Soils")
    assert (answer.status_code, working(course).id) == (409, published.id)


def test_fields_are_the_authors_only(client: CheckedClient, course: Course, lesson: str) -> None:
    urls = f"{base(course)}/basics", f"{base(course)}/lessons/{lesson}/settings"
    sign_in(client, make_user())
    assert {send(client, url, {"title": "Clay"}, title="X").status_code for url in urls} == {404}
    assistant = give_role(course, make_user(), CourseRole.ASSISTANT)
    sign_in(client, assistant)
    assert {send(client, url, {"title": "Clay"}, title="X").status_code for url in urls} == {403}
    owner = give_role(course, make_user(), CourseRole.OWNER)
    sign_in(client, owner)
    gone = f"{base(course)}/lessons/gone/settings"
    assert send(client, gone, {"title": "Clay"}, title="X").status_code == 404
