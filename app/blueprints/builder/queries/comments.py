"""What was said about a version under review, by thread."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.builder.models import ReviewComment, ReviewRequest
from app.core.db import db

# Of one version; nobody reads more, and a page has to end.
MOST = 500


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, the oldest first."""

    first: ReviewComment
    answers: list[ReviewComment]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits to be dealt with."""
        return self.first.resolved_at is None


@dataclass(frozen=True, slots=True)
class Threads:
    """Everything that was said about a version, in every round of its review."""

    all: list[Thread] = field(default_factory=list)

    @property
    def open(self) -> list[Thread]:
        """Return what waits to be dealt with."""
        return [thread for thread in self.all if thread.is_open]

    def at(self, lesson: str = "", block: str = "") -> list[Thread]:
        """Return what was said about exactly this place."""
        return [
            thread
            for thread in self.all
            if (thread.first.lesson_key, thread.first.block_key) == (lesson, block)
        ]

    def open_in(self, lesson: str) -> int:
        """Count what waits to be dealt with in a lesson."""
        return sum(thread.first.lesson_key == lesson for thread in self.open)


def threads_of(version_id: int, *, lesson: str | None = None) -> Threads:
    """Return what was said about a version, or about one lesson of it, in one statement."""
    statement = (
        select(ReviewComment)
        .join(ReviewRequest, ReviewRequest.id == ReviewComment.request_id)
        .where(ReviewRequest.version_id == version_id)
        .options(joinedload(ReviewComment.author), joinedload(ReviewComment.resolved_by))
        .order_by(ReviewComment.id)
        .limit(MOST)
    )
    if lesson is not None:
        statement = statement.where(ReviewComment.lesson_key == lesson)
    said = list(db.session.execute(statement).scalars())
    answers: dict[int, list[ReviewComment]] = defaultdict(list)
    for one in said:
        if one.parent_id is not None:
            answers[one.parent_id].append(one)
    return Threads([Thread(one, answers[one.id]) for one in said if one.parent_id is None])
