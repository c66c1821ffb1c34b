"""The three steps of building a course, and what is left to do in each."""

from dataclasses import dataclass

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

BASICS, BOARD, REVIEW = 1, 2, 3
TOTAL = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A step, with the last part of its address and the number of things left to do in it."""

    number: int
    label: Text
    page: str
    left: int
    is_done: bool


def steps_of(*, says: tuple[bool, ...], problems: int, waits: bool) -> tuple[Step, ...]:
    """Return the steps of a version.

    `says` tells of each of its basics whether anything is written there, `waits` whether
    anything is there that learners do not see yet.
    """
    missing = len(says) - sum(says)
    return (
        Step(BASICS, _l("Basics"), "basics", missing, not missing),
        Step(BOARD, _l("Board"), "board", problems, not problems),
        Step(REVIEW, _l("Review & publish"), "review", 0, not waits),
    )
