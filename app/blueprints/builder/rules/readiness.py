"""What keeps a version from being published, as a list that a person can work through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.blueprints.courses.rules.outline import LessonFace, Outline
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

EMPTY = "empty"
NO_ALT = "image_without_alt"

WORDS: dict[str, Text] = {
    "no_module": _l("The course has no module yet."),
    "no_required_lesson": _l("No lesson is required, so nothing would complete the course."),
    "no_title": _l("This lesson has no title."),
    EMPTY: _l("This lesson says nothing yet."),
    NO_ALT: _l("An image has no text for those who cannot see it."),
}
SHORT: dict[str, Text] = {
    "no_title": _l("No title"),
    EMPTY: _l("Empty"),
    NO_ALT: _l("No alt text"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and the lesson to go to, if it is about one."""

    code: str
    lesson_key: str = ""
    lesson_title: str = ""

    @property
    def words(self) -> Text:
        """Return it as a sentence."""
        return WORDS[self.code]

    @property
    def short(self) -> Text:
        """Return it as a mark on a card."""
        return SHORT.get(self.code, self.words)


def problems_of(outline: Outline) -> tuple[Problem, ...]:
    """Return everything that keeps a version of this outline from being published."""
    return (*_structure(outline), *_lessons(outline.lessons.values()))


def text_problems(blocks: list[dict[str, Any]], text: str) -> list[str]:
    """Return the codes of what should be mended in a lesson's text."""
    everything = list(_walk(blocks))
    found = []
    if not text.strip() and not any(
        block["type"] not in ("text", "callout") for block in everything
    ):
        found.append(EMPTY)
    if any(_lacks_alt(block) for block in everything):
        found.append(NO_ALT)
    return found


def _structure(outline: Outline) -> Iterator[Problem]:
    if not outline.modules:
        yield Problem("no_module")
    if not any(lesson.is_required for lesson in outline.lessons.values()):
        yield Problem("no_required_lesson")


def _lessons(lessons: Iterable[LessonFace]) -> Iterator[Problem]:
    for lesson in lessons:
        codes = [*(() if lesson.title.strip() else ("no_title",)), *lesson.problems]
        if lesson.digest is None:
            codes.append(EMPTY)
        for code in codes:
            yield Problem(code, lesson.key, lesson.title)


def _walk(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from _walk(block.get("blocks") or [])


def _lacks_alt(block: dict[str, Any]) -> bool:
    is_image = block["type"] == "image"
    return is_image and not block.get("alt", "").strip() and not block.get("decorative")
