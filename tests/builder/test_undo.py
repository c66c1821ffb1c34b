"""Taking changes back and doing them again: exactly, across kinds, and never over others' work."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.blueprints.builder import services
from app.blueprints.builder.errors import Overtaken, StaleBoard
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.queries import board
from app.blueprints.builder.queries.operations import OwnHistory
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.rules.texts import AddBlock, MoveBlock, SaveBlock, digest
from app.blueprints.builder.services import sittings
from app.blueprints.builder.services.sweeping import forget_ways_back
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Invalid
from tests.builder.pages import give_role
from tests.builder.steps import (
    add_lesson,
    add_module,
    edit_text,
    history,
    keys_of,
    operations,
    redo_last,
    titles_of,
    undo,
    undo_last,
    undo_number,
    working,
    write,
)
from tests.factories.accounts import actor_for, make_user


def test_a_new_change_empties_what_could_be_done_again(author: Actor, course: Course) -> None:
    add_lesson(author, course, "Clay")
    undo_last(author, course)
    assert history(author, course).redo is not None
    add_lesson(author, course, "Sand")
    assert history(author, course).redo is None


def test_everybody_undoes_their_own(author: Actor, course: Course) -> None:
    colleague = actor_for(give_role(course, make_user(), CourseRole.INSTRUCTOR))
    add_lesson(author, course, "Clay")
    add_lesson(colleague, course, "Sand")
    undo_last(author, course)
    assert titles_of(course) == [("Introduction", ["Sand"])]
    add_lesson(colleague, course, "Silt")
    redo_last(author, course)
    assert titles_of(course)[0][1] == ["Clay", "Sand", "Silt"]
    assert history(author, course).redo is None


def test_several_lessons_are_one_change(author: Actor, course: Course) -> None:
    keys = [add_lesson(author, course, title) for title in ("Clay", "Sand", "Silt", "Peat")]
    second = add_module(author, course, "Water")
    chosen, before = [keys[2], keys[1]], titles_of(course)
    which: dict[str, Any] = {"course_id": course.id, "keys": chosen}
    with writing():
        change = services.move_lessons(author, module=second, after=None, **which)
    assert titles_of(course) == [("Introduction", ["Clay", "Peat"]), ("Water", ["Sand", "Silt"])]
    undo(author, course, change)
    assert titles_of(course) == before
    with writing():
        change = services.remove_lessons(author, **which)
    assert titles_of(course)[0][1] == ["Clay", "Peat"]
    undo(author, course, change)
    assert titles_of(course) == before
    with writing():
        change = services.require_lessons(author, is_required=False, **which)
    required = [c.lesson.is_required for c in board(get_course(course.id)).modules[0].lessons]
    assert required == [True, False, False, True]


def test_several_lessons_are_changed_all_or_none(author: Actor, course: Course) -> None:
    keys = [add_lesson(author, course, title) for title in ("Clay", "Sand")]
    with writing():
        services.remove_lessons(author, course_id=course.id, keys=keys[:1])
    before = titles_of(course)
    for service in (services.remove_lessons, services.require_lessons):
        more: dict[str, Any] = {"is_required": False} if service is services.require_lessons else {}
        with pytest.raises(StaleBoard), writing():
            service(author, course_id=course.id, keys=keys, **more)
        with pytest.raises(Invalid), writing():
            service(author, course_id=course.id, keys=[], **more)
    assert titles_of(course) == before


@pytest.mark.parametrize("others", ["move", "rename", "remove", "write"])
def test_what_others_changed_since_is_not_overwritten(
    author: Actor, course: Course, others: str
) -> None:
    colleague = actor_for(give_role(course, make_user(), CourseRole.INSTRUCTOR))
    first, second = keys_of(course)[0][0], add_module(author, course, "Water")
    key = add_lesson(author, course, "Clay")
    write(author, course, key, "<p>Mine</p>")
    which: dict[str, Any] = {"course_id": course.id, "key": key}
    with writing():
        services.edit_lesson(author, revision=1, title="Loam", **which)
    with writing():
        services.move_lesson(author, module=second, after=None, **which)
    last = working(course).sequence
    with writing():
        if others == "move":
            services.move_lesson(colleague, module=first, after=None, **which)
        elif others == "rename":
            services.edit_lesson(colleague, revision=2, title="Marl", **which)
        elif others == "remove":
            services.remove_lesson(colleague, **which)
    if others == "write":
        block = lesson_text(working(course).id, key).blocks[0]
        edit_text(
            colleague, course, key, SaveBlock({**block, "html": "<p>Hers</p>"}, digest(block))
        )
    after, went = titles_of(course), []
    for sequence in range(last, last - 4, -1):
        try:
            undo_number(author, course, sequence)
            went.append(sequence)
        except Overtaken:
            continue
    mine = {"move": [1, 2], "rename": [0, 2], "remove": [], "write": [0, 1]}[others]
    assert went == [last - at for at in mine]
    if others in ("rename", "write"):
        for sequence in range(working(course).sequence, working(course).sequence - 2, -1):
            undo_number(author, course, sequence)
        assert titles_of(course) == after


def test_a_text_comes_back_beside_what_others_wrote(author: Actor, course: Course) -> None:
    colleague = actor_for(give_role(course, make_user(), CourseRole.INSTRUCTOR))
    key = add_lesson(author, course, "Clay")
    first = {"key": new_key(), "type": "text", "html": "<p>One</p>"}
    second = {"key": new_key(), "type": "text", "html": "<p>Two</p>"}
    edit_text(colleague, course, key, AddBlock(first))
    edit_text(author, course, key, AddBlock(second))
    edit_text(author, course, key, SaveBlock({**second, "html": "<p>2</p>"}, digest(second)))
    edit_text(author, course, key, MoveBlock(second["key"], None))
    edit_text(colleague, course, key, SaveBlock({**first, "html": "<p>1</p>"}, digest(first)))
    undo_last(author, course)  # all three: one person, one sitting
    assert [b["html"] for b in lesson_text(working(course).id, key).blocks] == ["<p>1</p>"]
    redo_last(author, course)
    both = [block["html"] for block in lesson_text(working(course).id, key).blocks]
    assert both == ["<p>2</p>", "<p>1</p>"]


def test_one_sitting_is_one_operation(
    author: Actor, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = add_lesson(author, course, "Clay")
    count = operations(course)
    for text in ("a", "b", "c"):
        write(author, course, key, f"<p>{text}</p>")
    assert operations(course) == count + 1
    monkeypatch.setattr(sittings, "ONE_SITTING", timedelta(0))
    write(author, course, key, "<p>d</p>")
    assert operations(course) == count + 2


def test_ways_back_are_forgotten_in_time(author: Actor, course: Course) -> None:
    add_lesson(author, course, "Clay")
    with writing():
        forget_ways_back()
    assert history(author, course).undo is not None
    old = clock.now() - timedelta(days=91)
    with writing():
        db.session.execute(update(BuilderOperation).values(at=old))
        forget_ways_back()
    assert history(author, course) == OwnHistory(None, None)
