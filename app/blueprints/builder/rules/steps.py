"""The three steps of building a course, and what is left to do in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

BASICS, BOARD, REVIEW = 1, 2, 3
TOTAL = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A step, with the last part of its address and what is left to do in it.

    `unwritten` names the basics that say nothing yet, `problems` counts what is to be mended.
    """

    number: int
    label: Text
    page: str
    is_done: bool
    unwritten: tuple[str, ...] = ()
    problems: int = 0


def steps_of(*, basics: Mapping[str, Any], problems: int, waits: bool) -> tuple[Step, ...]:
    """Return the steps of a version.

    `basics` are those that a course should not be without, `waits` tells whether anything is
    there that learners do not see yet.
    """
    unwritten = tuple(name for name, words in basics.items() if not words)
    return (
        Step(BASICS, _l("Basics"), "basics", not unwritten, unwritten=unwritten),
        Step(BOARD, _l("Board"), "board", not problems, problems=problems),
        Step(REVIEW, _l("Review & publish"), "review", not waits),
    )
