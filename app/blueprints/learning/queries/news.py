"""What is new to a learner: between the version that they know of and the one they are on."""

from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.courses.models import CourseVersion, Lesson, Module
from app.blueprints.learning.queries.learners import Learner
from app.core.db import db


@dataclass(frozen=True, slots=True)
class News:
    """The titles of what came, what says something else, and what is gone, in order."""

    number: int
    added: tuple[str, ...]
    rewritten: tuple[str, ...]
    removed: tuple[str, ...]


def news_of(learner: Learner | None, course_id: int) -> News | None:
    """Return what is new to `learner`; None where nothing is, which costs no statement unless a
    version has come since.
    """
    if learner is None or learner.seen_number is None:
        return None
    if learner.seen_number >= learner.version_number:
        return None
    rows = db.session.execute(
        select(CourseVersion.number, Lesson.key, Lesson.title, Lesson.body_id)
        .join(Lesson, Lesson.version_id == CourseVersion.id)
        .join(Module, Module.id == Lesson.module_id)
        .where(
            CourseVersion.course_id == course_id,
            CourseVersion.number.in_((learner.seen_number, learner.version_number)),
        )
        .order_by(Module.position, Lesson.position)
    ).all()
    new, old = (
        {row.key: row for row in rows if row.number == number}
        for number in (learner.version_number, learner.seen_number)
    )
    news = News(
        learner.version_number,
        added=tuple(row.title for key, row in new.items() if key not in old),
        rewritten=tuple(
            row.title for key, row in new.items() if key in old and old[key].body_id != row.body_id
        ),
        removed=tuple(row.title for key, row in old.items() if key not in new),
    )
    return news if news.added or news.rewritten or news.removed else None
