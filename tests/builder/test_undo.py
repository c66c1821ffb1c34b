"""Taking changes back and doing them again: exactly, across kinds, and never over others' work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from app.blueprints.builder import services
from app.blueprints.builder.errors import Overtaken, StaleBoard
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.builder.queries import board
from app.blueprints.builder.queries.operations import OwnHistory, own_history
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.rules.texts import (
    AddBlock,
    Change,
    MoveBlock,
    RemoveBlock,
    SaveBlock,
    digest,
)
from app.blueprints.builder.services import texts
from app.blueprints.builder.services.basics import Basics
from app.blueprints.builder.services.sweeping import forget_ways_back
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course, misplaced
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Invalid
from tests.builder.pages import give_role
from tests.builder.steps import (
    add_lesson,
    add_module,
    keys_of,
    titles_of,
    undo,
    undo_number,
    working,
    write,
)
from tests.factories.accounts import actor_for, make_user

Dice = Callable[[int], int]
State = list[Any]


def state_of(course: Course) -> State:
    """Everything that undoing must bring back: basics, tree, settings, texts."""
    version = working(course)
    lessons = [
        (c.module.key, c.module.title, [_lesson(version.id, card.lesson) for card in c.lessons])
        for c in board(get_course(course.id)).modules
    ]
    return [version.title, version.summary, version.objectives, version.difficulty, lessons]


def _lesson(version_id: int, lesson: Any) -> tuple[Any, ...]:
    shown = (lesson.key, lesson.title, lesson.minutes, lesson.is_required, lesson.kind)
    return (*shown, lesson_text(version_id, lesson.key).blocks)


def history(author: Actor, course: Course) -> OwnHistory:
    """What the author would undo and do again next."""
    return own_history(working(course), author.id)


def undo_last(author: Actor, course: Course) -> None:
    """Ctrl-Z."""
    sequence = history(author, course).undo
    assert sequence
    undo_number(author, course, sequence)


def redo_last(author: Actor, course: Course) -> None:
    """Ctrl-Shift-Z."""
    sequence = history(author, course).redo
    assert sequence
    undo_number(author, course, sequence)


def edit_text(author: Actor, course: Course, lesson: str, change: Change) -> None:
    """Change a lesson's text, as a request does."""
    text = services.prepare_text(author, course_id=course.id, lesson=lesson, change=change)
    with writing():
        services.save_text(author, text)


class Acts:
    """Commands chosen by dice, on what is on the board; None where there is nothing to act on."""

    def __init__(self, author: Actor, course: Course) -> None:
        self.author, self.course = author, course
        self.kinds = [getattr(self, name) for name in dir(type(self)) if name.startswith("do_")]

    def act(self, dice: Dice) -> None:
        """Do one thing."""
        self.kinds[dice(len(self.kinds))](dice)

    def _module(self, dice: Dice) -> str:
        modules = [key for key, _ in keys_of(self.course)]
        return modules[dice(len(modules))]

    def _after(self, dice: Dice, module: str, moving: list[str]) -> str | None:
        column = [k for k in dict(keys_of(self.course))[module] if k not in moving]
        return [None, *column][dice(len(column) + 1)]

    def _lessons(self, dice: Dice, most: int = 3) -> list[str]:
        keys = [key for _, column in keys_of(self.course) for key in column]
        if not keys:
            return [add_lesson(self.author, self.course, "New")]
        at = dice(len(keys))
        return keys[at : at + 1 + dice(most)]

    def _run(self, service: Callable[..., object], **values: Any) -> None:
        with writing():
            service(self.author, course_id=self.course.id, **values)

    def do_add_lesson(self, dice: Dice) -> None:
        module = self._module(dice)
        self._run(services.add_lesson, module=module, title=f"L{dice(9)}")

    def do_add_module(self, dice: Dice) -> None:
        self._run(services.add_module, title=f"M{dice(9)}", after=self._module(dice))

    def do_move_lessons(self, dice: Dice) -> None:
        keys, module = self._lessons(dice), self._module(dice)
        after = self._after(dice, module, keys)
        self._run(services.move_lessons, keys=keys, module=module, after=after)

    def do_remove_lessons(self, dice: Dice) -> None:
        self._run(services.remove_lessons, keys=self._lessons(dice))

    def do_require(self, dice: Dice) -> None:
        keys = self._lessons(dice)
        self._run(services.require_lessons, keys=keys, is_required=bool(dice(2)))

    def do_edit(self, dice: Dice) -> None:
        [key] = self._lessons(dice, 1)[:1]
        cards = [c.lesson for m in board(get_course(self.course.id)).modules for c in m.lessons]
        lesson = next(one for one in cards if one.key == key)
        values = {"title": f"T{dice(9)}", "minutes": 1 + dice(9), "kind": ["text", "quiz"][dice(2)]}
        self._run(services.edit_lesson, key=key, revision=lesson.revision, **values)

    def do_rename_module(self, dice: Dice) -> None:
        key = self._module(dice)
        columns = board(get_course(self.course.id)).modules
        revision = next(c.module.revision for c in columns if c.module.key == key)
        self._run(services.rename_module, key=key, title=f"R{dice(9)}", revision=revision)

    def do_move_module(self, dice: Dice) -> None:
        key = self._module(dice)
        others = [other for other, _ in keys_of(self.course) if other != key]
        self._run(services.move_module, key=key, after=[None, *others][dice(len(others) + 1)])

    def do_remove_module(self, dice: Dice) -> None:
        if len(keys_of(self.course)) > 1:
            self._run(services.remove_module, key=self._module(dice))

    def do_reorder(self, dice: Dice) -> None:
        order = [(module, keys[::-1]) for module, keys in keys_of(self.course)]
        at = dice(len(order))
        revision = working(self.course).board_revision
        self._run(services.reorder, board_revision=revision, order=order[at:] + order[:at])

    def do_basics(self, dice: Dice) -> None:
        basics = Basics(title=f"C{dice(9)}", summary=f"S{dice(9)}", objectives=(f"O{dice(9)}",))
        self._run(services.edit_basics, revision=working(self.course).revision, basics=basics)

    def do_text(self, dice: Dice) -> None:
        [key] = self._lessons(dice, 1)[:1]
        blocks = lesson_text(working(self.course).id, key).blocks
        edit_text(self.author, self.course, key, _change(blocks, dice))

    do_text_again = do_more_text = do_text


def _change(blocks: list[dict[str, Any]], dice: Dice) -> Change:
    """Some change of a text, as an editor's page would ask for it."""
    if not blocks or dice(3) == 0:
        block = {"key": new_key(), "type": "text", "html": f"<p>{dice(9)}</p>"}
        return AddBlock(block, [None, *(one["key"] for one in blocks)][dice(len(blocks) + 1)])
    block = blocks[dice(len(blocks))]
    if dice(3) == 0:
        return RemoveBlock(block["key"], digest(block))
    if dice(2) == 0:
        others = [one["key"] for one in blocks if one is not block]
        return MoveBlock(block["key"], [None, *others][dice(len(others) + 1)])
    return SaveBlock({**block, "html": f"<p>Again {dice(9)}</p>"}, digest(block))


def operations(course: Course) -> int:
    """How many operations there are."""
    statement = select(func.count()).select_from(BuilderOperation)
    ours = statement.where(BuilderOperation.version_id == working(course).id)
    return db.session.execute(ours).scalar_one()


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
    chosen, before = [keys[3], keys[0], keys[2]], titles_of(course)
    which: dict[str, Any] = {"course_id": course.id, "keys": chosen}
    with writing():
        change = services.move_lessons(author, module=second, after=None, **which)
    assert titles_of(course) == [("Introduction", ["Sand"]), ("Water", ["Clay", "Silt", "Peat"])]
    undo(author, course, change)
    assert titles_of(course) == before
    with writing():
        change = services.remove_lessons(author, **which)
    assert titles_of(course)[0][1] == ["Sand"]
    undo(author, course, change)
    assert titles_of(course) == before
    with writing():
        change = services.require_lessons(author, is_required=False, **which)
    required = [c.lesson.is_required for c in board(get_course(course.id)).modules[0].lessons]
    assert required == [False, True, False, False]


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
    second = add_module(author, course, "Water")
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
            services.move_lesson(colleague, module=second, after=None, **which)
        elif others == "rename":
            services.edit_lesson(colleague, revision=2, title="Marl", **which)
        elif others == "remove":
            services.remove_lesson(colleague, **which)
    if others == "write":
        block = lesson_text(working(course).id, key).blocks[0]
        edit_text(
            colleague, course, key, SaveBlock({**block, "html": "<p>Hers</p>"}, digest(block))
        )
    after, went = state_of(course), []
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
        assert state_of(course) == after


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
    monkeypatch.setattr(texts, "ONE_SITTING", timedelta(0))
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


@settings(
    max_examples=10,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each makes its own course
)
@given(st.lists(st.lists(st.integers(0, 999), min_size=8, max_size=8), min_size=4, max_size=12))
def test_undoing_all_and_doing_all_again(app: Flask, rolls: list[list[int]]) -> None:
    author = actor_for(make_user(roles=["contributor"]))
    with writing():
        course = services.create_course(author, title="Soil")
    write(author, course, add_lesson(author, course, "Clay"))
    add_module(author, course, "Water")
    begun, states = operations(course), {operations(course): state_of(course)}
    acts = Acts(author, course)
    for roll in rolls:
        acts.act(dice_of(roll))
        states[operations(course)] = state_of(course)  # a text that goes on replaces its own
    for count in range(max(states) - 1, begun - 1, -1):
        undo_last(author, course)
        assert state_of(course) == states.get(count, state_of(course))
    for count in range(begun + 1, max(states) + 1):
        redo_last(author, course)
        assert state_of(course) == states.get(count, state_of(course))
    assert history(author, course).redo is None
    assert misplaced() == []


def dice_of(roll: list[int]) -> Dice:
    """Dice that fall as drawn."""
    rest = list(roll)
    return lambda sides: rest.pop() % sides if rest else 0
