"""The outline of a version as plain values: what two versions are compared by."""

from dataclasses import asdict, dataclass
from typing import Any

from app.blueprints.courses.content.facts import TextFacts


@dataclass(frozen=True, slots=True)
class LessonFace:
    """A lesson as it shows from outside; `digest` and `facts` stand for its text."""

    key: str
    title: str
    module_key: str
    digest: str | None
    is_required: bool = True
    minutes: int = 0
    kind: str = "text"
    completion_rule: str = "manual"
    completion_seconds: int | None = None
    release: tuple[tuple[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    facts: TextFacts | None = None


@dataclass(frozen=True, slots=True)
class ModuleFace:
    """A module and its lessons in order."""

    key: str
    title: str
    lessons: tuple[LessonFace, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A version: its settings by name, and its modules in order."""

    settings: dict[str, object]
    modules: tuple[ModuleFace, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what a later state can be compared with, as it is stored."""
        modules = [
            {
                "key": module.key,
                "title": module.title,
                "lessons": [_compared(lesson) for lesson in module.lessons],
            }
            for module in self.modules
        ]
        return {"settings": self.settings, "modules": modules}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Outline":
        """Build it again from what is stored."""
        modules = tuple(
            ModuleFace(
                module["key"],
                module["title"],
                tuple(LessonFace(**lesson) for lesson in module["lessons"]),
            )
            for module in stored["modules"]
        )
        return cls(stored["settings"], modules)

    @property
    def lessons(self) -> dict[str, LessonFace]:
        """Return every lesson by its key, in order."""
        return {lesson.key: lesson for module in self.modules for lesson in module.lessons}

    @property
    def minutes(self) -> int:
        """Return the sum of the lessons' minutes."""
        return sum(lesson.minutes for lesson in self.lessons.values())


def _compared(lesson: LessonFace) -> dict[str, Any]:
    """Leave out what two versions are not compared by."""
    return {k: v for k, v in asdict(lesson).items() if k not in ("problems", "facts")}
