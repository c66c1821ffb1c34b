"""Who builds what: runs of authoring, and who is at a course just now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import BuilderSession
from app.blueprints.builder.queries.readiness import version_readiness
from app.blueprints.builder.rules.sessions import HERE, Checked, progress
from app.blueprints.builder.rules.steps import Step, steps_of
from app.blueprints.courses.models import Course, CourseVersion, Lesson
from app.core import clock
from app.core.db import db

_NOW = select(
    CourseVersion.id,
    CourseVersion.sequence,
    CourseVersion.revision,
    BuilderSession.instructor_id,
    BuilderSession.step,
    BuilderSession.lesson,
    BuilderSession.block,
    User.display_name,
    Lesson.title,
)
_OPEN_THERE = (BuilderSession.course_id == CourseVersion.course_id) & BuilderSession.closed_at.is_(
    None
)
_THEIR_LESSON = (
    (Lesson.version_id == CourseVersion.id)
    & (Lesson.key == BuilderSession.lesson)
    & Lesson.removed_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is at a course now, and where."""

    person: int
    name: str
    step: int
    lesson: str
    lesson_title: str
    block: str


@dataclass(frozen=True, slots=True)
class Now:
    """How far the builder's version of a course has come, and who else is at it."""

    version_id: int
    sequence: int
    revision: int
    others: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What somebody was building last, to go on with."""

    course: Course
    title: str
    lesson: str
    lesson_title: str
    seen_at: datetime


def now_at(course: Course, person: int) -> Now | None:
    """Return how things stand at `course` in one statement; None before its first version.

    Others than `person` are here while their pages say so.
    """
    shown = or_(CourseVersion.number.is_(None), CourseVersion.id == course.current_version_id)
    others = BuilderSession.instructor_id != person
    here = BuilderSession.last_seen_at > clock.db_time(-HERE)
    rows = db.session.execute(
        _NOW.outerjoin(BuilderSession, _OPEN_THERE & others & here)
        .outerjoin(User, User.id == BuilderSession.instructor_id)
        .outerjoin(Lesson, _THEIR_LESSON)
        .where(CourseVersion.course_id == course.id, shown)
        .order_by(CourseVersion.number.is_(None).desc(), BuilderSession.began_at)
    ).all()
    if not rows:
        return None
    first = rows[0]
    found = tuple(
        Present(r.instructor_id, r.display_name, r.step, r.lesson, r.title or "", r.block)
        for r in rows
        if r.id == first.id and r.instructor_id is not None
    )
    return Now(first.id, first.sequence, first.revision, found)


def find_session(course_id: int, person: int, *, lock: bool = False) -> BuilderSession | None:
    """Return the open run of authoring of this person in this course."""
    statement = select(BuilderSession).filter_by(
        course_id=course_id, instructor_id=person, closed_at=None
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(statement).scalar_one_or_none()


def checked(version: CourseVersion) -> Checked:
    """Look the whole version over, in three statements at most."""
    problems = len(version_readiness(version.course, version).must)
    return Checked(version.revision, problems, progress(steps(version, problems)))


def steps(version: CourseVersion, problems: int) -> tuple[Step, ...]:
    """Return the three steps of building `version`, of which so many things are to be mended."""
    basics = {name: getattr(version, name) for name in ("summary", "overview", "objectives")}
    return steps_of(basics=basics, problems=problems, waits=version.is_working)


def last_session(person: int) -> Unfinished | None:
    """Return what this person was building last, where that was not closed since."""
    found = db.session.execute(
        select(BuilderSession, Course, CourseVersion.title, Lesson.title.label("lesson_title"))
        .join(Course, Course.id == BuilderSession.course_id)
        .join(CourseVersion, CourseVersion.id == BuilderSession.version_id)
        .outerjoin(Lesson, _THEIR_LESSON)
        .where(
            BuilderSession.instructor_id == person,
            BuilderSession.closed_at.is_(None),
            Course.deleted_at.is_(None),
        )
        .options(joinedload(Course.people))
        .order_by(BuilderSession.last_seen_at.desc())
        .limit(1)
    )
    row = found.unique().one_or_none()
    if row is None:
        return None
    run = row.BuilderSession
    lesson = run.lesson if row.lesson_title else ""
    return Unfinished(row.Course, row.title, lesson, row.lesson_title or "", run.last_seen_at)
