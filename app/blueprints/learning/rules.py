"""What counts as done, how far somebody has come, and what is next; on plain values.

`completions` maps a lesson's key to the number of the version whose page was completed.
"""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Protocol

from app.blueprints.enrollments.models import EnrollmentStatus
from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

Completions = Mapping[str, int]


class LessonFacts(Protocol):
    """What the decisions need to know of a lesson."""

    @property
    def key(self) -> str: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def minutes(self) -> int: ...
    @property
    def redo_since(self) -> int | None: ...


class Mark(enum.Enum):
    """Why a lesson that is not done deserves notice."""

    NEW = "new"
    AGAIN = "again"


# Why somebody who stands so in a course does not read its lessons; members do.
NOT_LEARNING: dict[EnrollmentStatus | None, Text] = {
    None: _l("The lessons are for those who have enrolled. You can do that on the course page."),
    EnrollmentStatus.PENDING: _l("Those who teach this course have yet to let you in."),
    EnrollmentStatus.REJECTED: _l("You were not admitted to this course."),
    EnrollmentStatus.PAUSED: _l(
        "Your place is on hold. What you did is kept; take a seat again on the course page."
    ),
    EnrollmentStatus.WITHDRAWN: _l(
        "You left this course. What you did is kept; come back on the course page."
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come; only required lessons count."""

    done: int
    required: int
    minutes_left: int

    @property
    def percent(self) -> int:
        """Return the progress, 0–100."""
        return percent(self.done, self.required)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing required is left."""
        return is_complete(self.done, self.required)


def is_done(completed_on: int | None, redo_since: int | None) -> bool:
    """Tell whether a completion on that version counts for a lesson to be redone since then."""
    return completed_on is not None and (redo_since is None or completed_on >= redo_since)


def percent(done: int, required: int) -> int:
    """Return the progress in whole percent, rounded down: 100 only if everything is done."""
    return 100 * done // required if required else 0


def is_complete(done: int, required: int) -> bool:
    """Tell whether the course is completed by this; a course without lessons never is."""
    return 0 < required <= done


def done_keys(lessons: Iterable[LessonFacts], completions: Completions) -> frozenset[str]:
    """Return the keys of the lessons that are done."""
    return frozenset(
        lesson.key for lesson in lessons if is_done(completions.get(lesson.key), lesson.redo_since)
    )


def standing(lessons: Iterable[LessonFacts], done: Collection[str]) -> Standing:
    """Return how far somebody has come who has done these."""
    required = [lesson for lesson in lessons if lesson.is_required]
    left = [lesson for lesson in required if lesson.key not in done]
    return Standing(
        done=len(required) - len(left),
        required=len(required),
        minutes_left=sum(lesson.minutes for lesson in left),
    )


def next_lesson(
    lessons: Sequence[LessonFacts],
    done: Collection[str],
    after: str | None = None,
    *,
    closed: Collection[str] = (),
) -> str | None:
    """Return the key of the next lesson to do: in order from `after` on, then from the start.

    Required lessons only, and those that are `closed` last; None when all of these are done.
    """
    keys = [lesson.key for lesson in lessons]
    begin = keys.index(after) + 1 if after in keys else 0
    in_turn = [*lessons[begin:], *lessons[:begin]]
    left = [lesson.key for lesson in in_turn if lesson.is_required and lesson.key not in done]
    return next((key for key in left if key not in closed), left[0] if left else None)


def seconds_left(needed: int, opened_at: datetime | None, now: datetime) -> int:
    """Return how long somebody has to stay yet who opened the lesson then; rounded up."""
    if opened_at is None:
        return needed
    return max(0, ceil(needed - (now - opened_at).total_seconds()))


def bounded(version_number: int, newest: int) -> int:
    """Return the number of a version that a learner on `newest` can have seen."""
    return max(1, min(version_number, newest))


def mark(
    lesson: LessonFacts, completions: Completions, *, known: Collection[str] | None
) -> Mark | None:
    """Return why a lesson that is not done stands out.

    It was done, but is to be done again; or it is not among the `known`, the lessons that there
    were when this learner last had the whole course before them (None: nothing to compare with).
    """
    if is_done(completions.get(lesson.key), lesson.redo_since):
        return None
    if lesson.key in completions:
        return Mark.AGAIN
    return Mark.NEW if known is not None and lesson.key not in known else None
