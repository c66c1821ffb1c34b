"""Two tabs on one board, each acting on what it last saw; and what must hold after every act."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.blueprints.builder import services
from app.blueprints.builder.errors import Unchanged
from app.blueprints.builder.queries import board
from app.blueprints.builder.services import BoardChange
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, misplaced
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import Conflict

Seen = list[tuple[str, int, str, list[tuple[str, int, str]]]]
# What an aspect of each lesson has been, with the operation that made it so, the present last.
Past = dict[str, list[tuple[int, Any]]]


def look(course: Course) -> Seen:
    """The board as a tab shows it: keys, row revisions and titles."""
    return [
        (
            column.module.key,
            column.module.revision,
            column.module.title,
            [(c.lesson.key, c.lesson.revision, c.lesson.title) for c in column.lessons],
        )
        for column in board(get_course(course.id)).modules
    ]


@dataclass(frozen=True)
class Act:
    """An operation: the aspect that it changed, what it made of it, and the titles then.

    `made_on` tells by which operations things are as it left them. One that took another back
    made them what they had been before that, and knows by `again` whose they were.
    """

    past: Past
    values: dict[str, Any]
    made_on: dict[str, int]
    titles: dict[str, int]
    again: dict[str, int]


@dataclass
class Walk:
    """A random walk of two tabs; a lesson's home is its module, None off the board."""

    author: Actor
    course: Course
    dice: random.Random
    titles: Past = field(default_factory=dict)
    homes: Past = field(default_factory=dict)
    acts: dict[int, Act] = field(default_factory=dict)
    refused: int = 0
    done: int = 0
    undone: int = 0

    def begin(self) -> None:
        """Take note of what is there."""
        for module, _, _, column in look(self.course):
            for key, _, title in column:
                self.titles[key], self.homes[key] = [(0, title)], [(0, module)]

    def run(self, steps: int) -> None:
        """Take that many steps, each by one of two tabs, which seldom look again."""
        tabs = [look(self.course), look(self.course)]
        choices = [self.move, self.move, self.add, self.rename, self.remove, self.undo, self.undo]
        for step in range(steps):
            tab = self.dice.randrange(2)
            act = self.dice.choice(choices)
            try:
                with suppress(Unchanged):
                    act(tabs[tab], step)
                    self.done += 1
            except Conflict:
                self.refused += 1
                tabs[tab] = look(self.course)
            if self.dice.random() < 0.3:
                tabs[tab] = look(self.course)
            self.check()

    def check(self) -> None:
        """Exactly the lessons that should be there, each once, where and as last agreed."""
        now = look(self.course)
        lessons = [(key, title) for *_, column in now for key, _, title in column]
        assert len(lessons) == len({key for key, _ in lessons}), "a lesson stands twice"
        there = {key for key, past in self.homes.items() if past[-1][1]}
        agreed = {key: past[-1][1] for key, past in self.titles.items() if key in there}
        assert dict(lessons) == agreed, "a lesson was lost, came back or lost its title"
        homes = {key: module for module, *_, column in now for key, _, _ in column}
        assert homes == {k: self.homes[k][-1][1] for k in there}, "a lesson is in another module"
        assert misplaced() == [], "positions have gaps"

    def add(self, seen: Seen, step: int) -> None:
        """Add a lesson at the end of some module."""
        module = self.dice.choice(seen)[0]
        title = f"Lesson {step}"
        with writing():
            change = services.add_lesson(
                self.author, course_id=self.course.id, module=module, title=title
            )
        assert change.lesson
        self.titles[change.lesson] = [(change.sequence, title)]
        self.homes[change.lesson] = [(0, None)]
        self._note(change, self.homes, {change.lesson: module})

    def rename(self, seen: Seen, step: int) -> None:
        """Rename a lesson as the tab last saw it."""
        # Now and then one that was added last, so that others' work meets the undoing of that.
        lessons = self._lessons(seen)
        key, revision, shown = self.dice.choice(
            self.dice.choice([lessons, [column[-1] for *_, column in seen if column]])
        )
        title = f"Renamed {step}"
        with writing():
            change = services.edit_lesson(
                self.author, course_id=self.course.id, key=key, revision=revision, title=title
            )
        # Accepted, so nobody may have renamed it since this tab looked.
        assert shown == self.titles[key][-1][1], "a title was silently overwritten"
        self._note(change, self.titles, {key: title})

    def move(self, seen: Seen, step: int) -> None:
        """Put one or several lessons somewhere that the tab can see."""
        keys = self._some(seen)
        module, _, _, column = self.dice.choice(seen)
        others = [other for other, _, _ in column if other not in keys]
        after = self.dice.choice([None, *others])
        with writing():
            change = services.move_lessons(
                self.author, course_id=self.course.id, keys=keys, module=module, after=after
            )
        self._note(change, self.homes, dict.fromkeys(keys, module))

    def remove(self, seen: Seen, step: int) -> None:
        """Remove one or several lessons, while enough are left."""
        if len(self._lessons(look(self.course))) < 6:
            return
        keys = self._some(seen)
        with writing():
            change = services.remove_lessons(self.author, course_id=self.course.id, keys=keys)
        self._note(change, self.homes, dict.fromkeys(keys))

    def undo(self, seen: Seen, step: int) -> None:
        """Take one of the last operations back, or do one again that was taken back."""
        if not self.acts:
            return
        sequence = self.dice.choice(list(self.acts)[-8:])
        with writing():
            change = services.undo(self.author, course_id=self.course.id, sequence=sequence)
        self.undone += 1
        self._take_back(change, self.acts.pop(sequence))

    def _take_back(self, change: BoardChange, act: Act) -> None:
        past, values = act.past, {key: act.past[key][-1][1] for key in act.values}
        for key, expected in act.made_on.items():
            assert past[key][-1][0] == expected, "undone over a later change"
        if act.again:  # as it was before it was taken back, whatever number this operation has
            for key, value in act.values.items():
                past[key].append((act.again[key], value))
            self.acts[change.sequence] = self._act(past, act.values)
        else:
            again = {key: past[key].pop()[0] for key in act.values}
            self.acts[change.sequence] = self._act(past, values, again)
        for key in act.values:
            if past is self.homes and past[key][-1][1] is None:
                assert self.titles[key][-1][0] == act.titles[key], "somebody's work was removed"

    def _note(self, change: BoardChange, past: Past, values: dict[str, Any]) -> None:
        for key, value in values.items():
            past[key].append((change.sequence, value))
        self.acts[change.sequence] = self._act(past, values)

    def _act(self, past: Past, values: dict[str, Any], again: dict[str, int] | None = None) -> Act:
        made_on = {key: past[key][-1][0] for key in values}
        titles = {key: self.titles[key][-1][0] for key in values}
        return Act(past, values, made_on, titles, again or {})

    def _lessons(self, seen: Seen) -> list[tuple[str, int, str]]:
        lessons = [lesson for *_, column in seen for lesson in column]
        if not lessons:
            raise Conflict
        return lessons

    def _some(self, seen: Seen) -> list[str]:
        keys = [key for key, *_ in self._lessons(seen)]
        return self.dice.sample(keys, k=min(len(keys), self.dice.choice([1, 1, 2, 3])))
