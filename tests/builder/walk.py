"""Two tabs on one board, each acting on what it last saw; and what must hold after every act."""

import random
from dataclasses import dataclass, field

from app.blueprints.builder import services
from app.blueprints.builder.queries import board
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course, misplaced
from app.core.actor import Actor
from app.core.db import writing
from app.core.errors import Conflict

Seen = list[tuple[str, int, str, list[tuple[str, int, str]]]]


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


@dataclass
class Walk:
    """A random walk of two tabs; `titles` is what the lessons must be called, by key."""

    author: Actor
    course: Course
    dice: random.Random
    titles: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    done: int = 0

    def run(self, steps: int) -> None:
        """Take that many steps, each by one of two tabs, which seldom look again."""
        tabs = [look(self.course), look(self.course)]
        for step in range(steps):
            tab = self.dice.randrange(2)
            act = self.dice.choice([self.move, self.move, self.add, self.rename, self.remove])
            try:
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
        assert dict(lessons) == self.titles, "a lesson was lost, came back or lost its title"
        homes = {key: module for module, *_, column in now for key, _, _ in column}
        assert homes == self.homes, "a lesson is in another module than it was put into"
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
        self.titles[change.lesson], self.homes[change.lesson] = title, module

    def rename(self, seen: Seen, step: int) -> None:
        """Rename a lesson as the tab last saw it."""
        key, revision, _ = self._lesson(seen)
        title = f"Renamed {step}"
        with writing():
            services.edit_lesson(
                self.author, course_id=self.course.id, key=key, revision=revision, title=title
            )
        # Accepted, so nobody may have renamed it since this tab looked.
        assert self.seen_title(seen, key) == self.titles[key], "a title was silently overwritten"
        self.titles[key] = title

    def move(self, seen: Seen, step: int) -> None:
        """Put a lesson somewhere that the tab can see."""
        key, _, _ = self._lesson(seen)
        module, _, _, column = self.dice.choice(seen)
        others = [other for other, _, _ in column if other != key]
        after = self.dice.choice([None, *others])
        with writing():
            services.move_lesson(
                self.author, course_id=self.course.id, key=key, module=module, after=after
            )
        self.homes[key] = module

    def remove(self, seen: Seen, step: int) -> None:
        """Remove a lesson, while enough are left."""
        if len(self.titles) < 5:
            return
        key, _, _ = self._lesson(seen)
        with writing():
            services.remove_lesson(self.author, course_id=self.course.id, key=key)
        del self.titles[key], self.homes[key]

    def seen_title(self, seen: Seen, key: str) -> str:
        """The title that the tab showed."""
        return next(t for *_, column in seen for k, _, t in column if k == key)

    def _lesson(self, seen: Seen) -> tuple[str, int, str]:
        lessons = [lesson for *_, column in seen for lesson in column]
        if not lessons:
            raise Conflict
        return self.dice.choice(lessons)
