"""What is to be mended in a version before, or better before, it is published.

What is wrong inside a lesson's text is found when the text is written (readiness_texts.py) and
stored beside it as findings, `code@block`; nothing here reads a text.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.blueprints.builder.rules.readiness_rules import EMPTY, RULES, Place, Severity
from app.blueprints.courses.content.facts import TextFacts
from app.blueprints.courses.rules.outline import LessonFace, Outline
from app.blueprints.courses.rules.waiting import never_open, waits_for_nothing, waits_of
from app.core.errors import Text

LONG_TITLE = 80
LONGEST_LESSON_MINUTES = 120
# A stated time this many times the estimated one, or the other way round, is worth a look.
ODD_TIMES = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what, and in which lesson, block or module."""

    code: str
    lesson_key: str = ""
    title: str = ""
    block: str = ""
    module_key: str = ""

    @property
    def words(self) -> Text:
        """Return it as a sentence."""
        return RULES[self.code].words

    @property
    def short(self) -> Text:
        """Return it as a mark on a card."""
        return RULES[self.code].short or self.words

    @property
    def must(self) -> bool:
        """Tell whether it keeps the version from being published."""
        return RULES[self.code].severity is Severity.MUST

    @property
    def path(self) -> str:
        """Return where it is mended, below the address of the course's builder."""
        rule = RULES[self.code]
        lesson = f"/lessons/{self.lesson_key}"
        match rule.place:
            case Place.BASICS:
                return f"/basics#{rule.field}"
            case Place.BOARD:
                return "/board"
            case Place.LOOK:
                return "/look"
            case Place.ADMISSION:
                return "/settings/admission#prerequisites"
            case Place.MODULE:
                return f"/board#module-{self.module_key}"
            case Place.SETTINGS:
                return f"{lesson}?settings=1"
            case Place.BLOCK:
                return f"{lesson}#block-{self.block}" if self.block else lesson


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything found, in the order of the course: first what must be fixed."""

    must: tuple[Problem, ...] = ()
    should: tuple[Problem, ...] = ()

    def of_lesson(self, key: str) -> tuple[Problem, ...]:
        """Return what is to be mended in the lesson of that key."""
        return tuple(one for one in (*self.must, *self.should) if one.lesson_key == key)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a version is looked at beside its outline.

    The address of its course, which of the assets that its texts show are gone, whether its
    cover is, and the titles of the courses to take first that nobody can take any more.
    """

    slug: str = ""
    gone: frozenset[str] = frozenset()
    cover_gone: bool = False
    closed: tuple[str, ...] = ()


def readiness_of(outline: Outline, around: Surroundings | None = None) -> Readiness:
    """Return what is to be mended in a version of this outline."""
    around = around or Surroundings()
    found = [problem for check in _CHECKS for problem in check(outline, around)]
    return Readiness(
        must=tuple(problem for problem in found if problem.must),
        should=tuple(problem for problem in found if not problem.must),
    )


def _structure(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    if not outline.modules:
        yield Problem("no_module")
    if not any(lesson.is_required for lesson in outline.lessons.values()):
        yield Problem("no_required_lesson")
    for module in outline.modules:
        if not module.lessons:
            yield Problem("empty_module", title=module.title, module_key=module.key)


def _basics(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    for name, code in (
        ("title", "no_course_title"),
        ("summary", "no_summary"),
        ("objectives", "no_objectives"),
    ):
        if name in outline.settings and not outline.settings[name]:
            yield Problem(code)


def _titles(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    for module in outline.modules:
        times = Counter(lesson.title.strip().casefold() for lesson in module.lessons)
        for lesson in module.lessons:
            title = lesson.title.strip()
            if not title:
                yield _in(lesson, "no_title")
            elif times[title.casefold()] > 1:
                yield _in(lesson, "same_title")
            if len(title) > LONG_TITLE:
                yield _in(lesson, "long_title")


def _texts(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    for lesson in outline.lessons.values():
        if lesson.digest is None:
            yield _in(lesson, EMPTY)
        for finding in lesson.problems:
            code, _, block = finding.partition("@")
            if code in RULES:
                yield _in(lesson, code, block)


def _times(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    for lesson in outline.lessons.values():
        if lesson.minutes > LONGEST_LESSON_MINUTES:
            yield _in(lesson, "long_lesson")
        if lesson.facts and _is_odd(lesson.minutes, lesson.facts.minutes):
            yield _in(lesson, "odd_minutes")


def _is_odd(stated: int, estimated: int) -> bool:
    """Small numbers are never odd: five minutes for three lines may well be meant."""
    low, high = sorted((stated, estimated))
    return high > 15 and high > low * ODD_TIMES


def _references(outline: Outline, around: Surroundings) -> Iterator[Problem]:
    known = {f"{around.slug}/{key}" for key in outline.lessons}
    ours = f"{around.slug}/"
    for lesson in outline.lessons.values():
        facts = lesson.facts or TextFacts()
        for asset, block in facts.assets.items():
            if asset in around.gone:
                yield _in(lesson, "asset_gone", block)
        for name, block in facts.lessons.items():
            if name.startswith(ours) and name not in known:
                yield _in(lesson, "lesson_gone", block)


def _course_references(_outline: Outline, around: Surroundings) -> Iterator[Problem]:
    if around.cover_gone:
        yield Problem("cover_gone")
    for title in around.closed:
        yield Problem("prerequisite_gone", title=title)


def _openings(outline: Outline, _around: Surroundings) -> Iterator[Problem]:
    gone, stuck = waits_for_nothing(outline), never_open(waits_of(outline))
    for key, lesson in outline.lessons.items():
        if key in gone:
            yield _in(lesson, "release_gone")
        if key in stuck:
            yield _in(lesson, "never_opens")


def _in(lesson: LessonFace, code: str, block: str = "") -> Problem:
    return Problem(code, lesson.key, lesson.title, block)


_CHECKS: tuple[Callable[[Outline, Surroundings], Iterator[Problem]], ...] = (
    _structure,
    _basics,
    _titles,
    _texts,
    _references,
    _course_references,
    _openings,
    _times,
)
