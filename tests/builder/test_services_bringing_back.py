"""Lessons and modules come back from older versions as operations that can be taken back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.blueprints.builder import services
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.courses.models import Course, Lesson
from app.blueprints.courses.queries import get_published_version, outline
from app.blueprints.courses.rules.outline import LessonFace
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Conflict, Forbidden, NotFound
from tests.builder.steps import (
    add_lesson,
    add_module,
    keys_of,
    publish,
    titles_of,
    undo,
    working,
    write,
)
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases

pytestmark = [pytest.mark.usefixtures("app"), both_databases]


@pytest.fixture
def admin() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["admin"]))


@pytest.fixture
def lessons(author: Actor, admin: Actor, course: Course) -> list[str]:
    """A published course: sand, clay and silt in one module, loam in another."""
    keys = [add_lesson(author, course, title) for title in ("Sand", "Clay", "Silt")]
    keys.append(add_lesson(author, course, "Loam", add_module(author, course, "Mixed")))
    for key in keys:
        write(author, course, key, "<p>As it was.</p>")
    publish(admin, course)
    return keys


def back(author: Actor, course: Course, key: str, number: int = 1) -> services.BoardChange:
    with writing():
        return services.bring_lesson_back(author, course_id=course.id, number=number, key=key)


def module_back(author: Actor, course: Course, key: str) -> services.BoardChange:
    with writing():
        return services.bring_module_back(author, course_id=course.id, number=1, key=key)


def remove(author: Actor, course: Course, key: str) -> None:
    with writing():
        services.remove_lesson(author, course_id=course.id, key=key)


def says(course: Course, key: str) -> str:
    return str(lesson_text(working(course).id, key).blocks)


def faces(course: Course) -> dict[str, LessonFace]:
    return outline(working(course)).lessons


def test_a_rewritten_lesson_is_as_it_was_and_can_be_had_again(
    author: Actor, course: Course, lessons: list[str]
) -> None:
    write(author, course, lessons[0], "<p>Newer.</p>")
    with writing():
        services.edit_lesson(author, course_id=course.id, key=lessons[0], revision=1, title="Sands")
    newer = faces(course)[lessons[0]]
    change = back(author, course, lessons[0])
    was = outline(get_published_version(course.id, 1)).lessons[lessons[0]]
    assert faces(course)[lessons[0]] == was
    undo(author, course, change)
    assert "Newer." in says(course, lessons[0])
    assert faces(course)[lessons[0]].digest == newer.digest


def test_a_lesson_removed_in_an_earlier_version_stands_where_it_stood(
    author: Actor, admin: Actor, course: Course, lessons: list[str]
) -> None:
    remove(author, course, lessons[1])
    publish(admin, course)
    change = back(author, course, lessons[1])
    assert titles_of(course)[0][1] == ["Sand", "Clay", "Silt"]
    assert "As it was." in says(course, lessons[1])
    undo(author, course, change)
    assert titles_of(course)[0][1] == ["Sand", "Silt"]


def test_a_lesson_removed_from_this_draft_comes_back_and_keeps_what_it_said_last(
    author: Actor, course: Course, lessons: list[str]
) -> None:
    write(author, course, lessons[1], "<p>Unpublished.</p>")
    remove(author, course, lessons[1])
    change = back(author, course, lessons[1])
    assert titles_of(course)[0][1] == ["Sand", "Clay", "Silt"]
    assert "Unpublished." not in says(course, lessons[1])
    undo(author, course, change)
    assert "Unpublished." in says(course, lessons[1])


def test_its_redo_mark_comes_with_it(
    author: Actor, admin: Actor, course: Course, lessons: list[str]
) -> None:
    write(author, course, lessons[0], "<p>Newer.</p>")
    publish(admin, course, redo_keys=[lessons[0]])
    remove(author, course, lessons[0])
    publish(admin, course)
    back(author, course, lessons[0], number=1)
    publish(admin, course)
    version = get_published_version(course.id, 4)
    row = db.session.query(Lesson).filter_by(version_id=version.id, key=lessons[0]).one()
    assert row.redo_since == 2


def test_without_its_module_it_goes_to_the_last_one(
    author: Actor, admin: Actor, course: Course, lessons: list[str]
) -> None:
    mixed = keys_of(course)[1][0]
    with writing():
        services.remove_module(author, course_id=course.id, key=mixed)
    publish(admin, course)
    back(author, course, lessons[3])
    assert titles_of(course)[0][1] == ["Sand", "Clay", "Silt", "Loam"]


@pytest.mark.parametrize("published", [True, False])
def test_a_module_comes_back_with_its_lessons(
    author: Actor, admin: Actor, course: Course, lessons: list[str], published: bool
) -> None:
    mixed, before = keys_of(course)[1][0], titles_of(course)
    with writing():
        services.remove_module(author, course_id=course.id, key=mixed)
    without = titles_of(course)
    if published:
        publish(admin, course)
    change = module_back(author, course, mixed)
    assert titles_of(course) == before
    assert "As it was." in says(course, lessons[3])
    undo(author, course, change)
    assert titles_of(course) == without


def test_what_cannot_come_back(author: Actor, course: Course, lessons: list[str]) -> None:
    with pytest.raises(Conflict, match="as it was"):
        back(author, course, lessons[0])
    with pytest.raises(Conflict, match="on the board"):
        module_back(author, course, keys_of(course)[0][0])
    for key, number in ((lessons[0], 2), ("gone", 1)):
        with pytest.raises(NotFound):
            back(author, course, key, number)
    with pytest.raises(NotFound):
        module_back(author, course, "gone")
    stranger = actor_for(make_user("A Stranger", roles=["contributor"]))
    with pytest.raises(Forbidden):
        back(stranger, course, lessons[0])


STEPS = st.lists(st.tuples(st.sampled_from(["write", "remove"]), st.integers(0, 3)), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(steps=STEPS, which=st.integers(0, 3))
def test_whatever_was_done_a_lesson_comes_back_as_it_was(
    author: Actor, course: Course, lessons: list[str], steps: list[tuple[str, int]], which: int
) -> None:
    was = outline(get_published_version(course.id, 1)).lessons
    for what, at in steps:
        if lessons[at] in faces(course):
            if what == "write":
                write(author, course, lessons[at], "<p>More.</p>")
            else:
                remove(author, course, lessons[at])
    key, now = lessons[which], faces(course)
    if now.get(key) == was[key]:
        return
    back(author, course, key)
    after = faces(course)
    assert after[key] == was[key]
    others = {one: face for one, face in now.items() if one != key}
    assert {one: face for one, face in after.items() if one != key} == others
