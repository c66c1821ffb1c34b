"""Commands chosen by dice, on what is on the board."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.blueprints.builder import services
from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.queries import board
from app.blueprints.builder.queries.texts import lesson_text
from app.blueprints.builder.rules.texts import (
    AddBlock,
    Change,
    MoveBlock,
    RemoveBlock,
    SaveBlock,
    digest,
)
from app.blueprints.builder.services.basics import Basics, basics_base
from app.blueprints.courses.content.keys import new_key
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import writing
from tests.builder.steps import add_lesson, edit_text, keys_of, working

Dice = Callable[[int], int]


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
        with suppress(Unchanged), writing():
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
        base = basics_base(working(self.course))
        self._run(services.edit_basics, base=base, basics=basics)

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
