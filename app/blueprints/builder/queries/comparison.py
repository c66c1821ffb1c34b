"""Two versions of a course side by side: their structure, and the text of one lesson."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.blueprints.courses import queries as courses
from app.blueprints.courses.content.difference import Side
from app.blueprints.courses.content.difference import side_by_side as texts_side_by_side
from app.blueprints.courses.content.parsing import parse_blocks
from app.blueprints.courses.models import (
    Course,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonDraft,
    Module,
)
from app.blueprints.courses.rules.difference import Difference, compare
from app.blueprints.courses.rules.outline import Outline
from app.blueprints.courses.rules.sides import ModuleSides, side_by_side
from app.core.db import db
from app.core.errors import NotFound

DRAFT = "draft"
# So many versions are offered to be chosen; an address names any.
MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and how they differ."""

    old: CourseVersion
    new: CourseVersion
    before: Outline
    after: Outline
    difference: Difference
    modules: tuple[ModuleSides, ...]

    @property
    def rewritten(self) -> list[str]:
        """Return the keys of the lessons whose text differs, in order."""
        return [change.key for change in self.difference.rewritten]


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a lesson of one version is called and says; None where it is not in it."""

    title: str
    blocks: str


def find_compared(course: Course, name: str) -> CourseVersion:
    """Return the version of that number, or the working one; raises `NotFound`."""
    if name == DRAFT:
        working = courses.find_working_version(course.id)
        if working is None:
            raise NotFound
        return working
    if not (name.isascii() and name.isdigit() and len(name) < 10):
        raise NotFound
    return courses.get_published_version(course.id, int(name))


def offered_versions(course: Course) -> list[str]:
    """Return the names of the versions that can be compared, newest first."""
    statement = (
        select(CourseVersion.number)
        .where(CourseVersion.course_id == course.id)
        .order_by(CourseVersion.number.is_(None).desc(), CourseVersion.number.desc())
        .limit(MOST_OFFERED)
    )
    return [DRAFT if one is None else str(one) for one in db.session.execute(statement).scalars()]


def compare_versions(old: CourseVersion, new: CourseVersion) -> Comparison:
    """Return how two versions differ, in one statement."""
    before, after = courses.outlines(old, new)
    return Comparison(old, new, before, after, compare(before, after), side_by_side(before, after))


def compare_texts(
    old: CourseVersion, new: CourseVersion, key: str
) -> tuple[LessonText | None, LessonText | None, tuple[Side, ...]]:
    """Return a lesson's two texts and their blocks side by side; raises `NotFound`."""
    rows = db.session.execute(
        select(
            Lesson.version_id,
            Lesson.title,
            func.coalesce(LessonDraft.blocks, LessonBody.blocks, "[]"),
        )
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(LessonDraft, LessonDraft.lesson_id == Lesson.id)
        .outerjoin(LessonBody, LessonBody.id == Lesson.body_id)
        .where(
            Lesson.version_id.in_((old.id, new.id)),
            Lesson.key == key,
            Lesson.removed_at.is_(None),
            Module.removed_at.is_(None),
        )
    )
    found = {version_id: LessonText(title, blocks) for version_id, title, blocks in rows}
    if not found:
        raise NotFound
    before, after = found.get(old.id), found.get(new.id)
    bodies = [parse_blocks(one.blocks if one else "[]") for one in (before, after)]
    return before, after, texts_side_by_side(bodies[0], bodies[1])
