"""One lesson, opened for editing."""

from dataclasses import dataclass
from typing import Any

from app.blueprints.builder.queries.texts import LessonText, get_lesson, lesson_text
from app.blueprints.builder.rules.texts import digest
from app.blueprints.courses import queries as courses
from app.blueprints.courses.models import Course, CourseVersion, Lesson, Module


@dataclass(frozen=True, slots=True)
class EditedBlock:
    """A block as an editor needs it: with what a change of it must name as its base."""

    block: dict[str, Any]
    base: str

    @property
    def key(self) -> str:
        """Return the block's key."""
        return str(self.block["key"])

    @property
    def type(self) -> str:
        """Return the block's type."""
        return str(self.block["type"])


@dataclass(frozen=True, slots=True)
class LessonEditor:
    """A lesson with its blocks."""

    version: CourseVersion
    module: Module
    lesson: Lesson
    text: LessonText
    blocks: list[EditedBlock]

    @property
    def begin(self) -> EditedBlock:
        """Return the text that a lesson without blocks is begun with; saving it makes it one.

        It always has the same key, so that what is typed into it is found again after a reload.
        """
        return EditedBlock({"key": self.lesson.key, "type": "text", "html": ""}, base="")

    def block(self, key: str) -> EditedBlock | None:
        """Return the block of that key."""
        return next((block for block in self.blocks if block.key == key), None)


def lesson_editor(course: Course, key: str) -> LessonEditor:
    """Return the lesson of that key as the builder shows it; raises `NotFound`."""
    return lesson_editor_of(courses.shown_in_builder(course), key)


def lesson_editor_of(version: CourseVersion, key: str) -> LessonEditor:
    """Return the lesson of that key as `version` has it; raises `NotFound`."""
    lesson, module = get_lesson(version.id, key)
    text = lesson_text(version.id, key)
    blocks = [EditedBlock(block, digest(block)) for block in text.blocks]
    return LessonEditor(version, module, lesson, text, blocks)
