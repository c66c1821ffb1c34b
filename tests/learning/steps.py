"""What learners and authors do, in one line each; a new version is made as the builder makes it."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseVersion, Lesson, LessonBody, Module
from app.blueprints.courses.queries import lock_course
from app.blueprints.enrollments import services as enrollments
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning import queries, services
from app.blueprints.learning.models import Certificate, CourseProgress
from app.core.actor import SYSTEM, Actor
from app.core.db import db, writing
from app.core.outbox.models import IS_OPEN, OutboxEntry
from app.core.outbox.run import run_entry

Edit = Callable[[CourseVersion], None]


def enrol(actor: Actor, course: Course) -> Enrollment:
    """Take a seat."""
    with writing():
        place = enrollments.enrol(actor, course_id=course.id)
    assert isinstance(place, Enrollment)
    return place


def do(actor: Actor, course: Course, *keys: str, seen: int = 1) -> None:
    """Mark lessons as done, as the page of version `seen` sends it."""
    for key in keys:
        with writing():
            services.complete_lesson(
                actor, course_id=course.id, lesson_key=key, version_number=seen
            )


def republish(
    course: Course, *edits: Edit, redo: Iterable[str] = (), audience: str = "everyone"
) -> None:
    """Publish a new version with these edits, then do what the worker does after it."""
    flip(course, *edits, redo=redo, audience=audience)
    renew(course)


def renew(course: Course) -> None:
    """Compute everybody's progress anew, a transaction for each batch."""
    last: int | None = 0
    while last is not None:
        with writing():
            last = services.recompute_batch(course_id=course.id, after=last)


def flip(
    course: Course, *edits: Edit, redo: Iterable[str] = (), audience: str = "everyone"
) -> None:
    """Publish a new version with these edits; the worker has yet to renew the progress."""
    with writing():
        locked = lock_course(course.id)
        version = _edited(locked, edits)
        courses.publish_version(SYSTEM, locked, version, audience=audience, redo_keys=redo)


def prepare(course: Course, *edits: Edit) -> CourseVersion:
    """Make these edits in the working version, without publishing it."""
    with writing():
        return _edited(lock_course(course.id), edits)


def _edited(course: Course, edits: Iterable[Edit]) -> CourseVersion:
    version = courses.ensure_working_version(course)
    for edit in edits:
        edit(version)
    db.session.flush()
    return version


def add(key: str, *, required: bool = True) -> Edit:
    """Add a lesson at the end of the first module."""

    def edit(version: CourseVersion) -> None:
        module = db.session.execute(select(Module).filter_by(version_id=version.id)).scalars()
        body = db.session.execute(select(LessonBody.id)).scalars().first()
        db.session.add(
            Lesson(
                version_id=version.id,
                module_id=next(module).id,
                key=key,
                title=f"Lesson {key}",
                position=90,
                is_required=required,
                body_id=body,
            )
        )

    return edit


def remove(key: str) -> Edit:
    """Take a lesson out."""

    def edit(version: CourseVersion) -> None:
        db.session.delete(lesson_in(version, key))

    return edit


def move(key: str, position: int) -> Edit:
    """Give a lesson another place in its module."""

    def edit(version: CourseVersion) -> None:
        lesson_in(version, key).position = position

    return edit


def rename(key: str, title: str) -> Edit:
    """Give a lesson another title."""

    def edit(version: CourseVersion) -> None:
        lesson_in(version, key).title = title

    return edit


def lesson_in(version: CourseVersion, key: str) -> Lesson:
    """The lesson of that key."""
    statement = select(Lesson).filter_by(version_id=version.id, key=key)
    return db.session.execute(statement).scalar_one()


def percent(actor: Actor, course: Course) -> int:
    """How far the pages say that somebody is; stored, computed and shown progress agree."""
    db.session.rollback()
    path = path_of(actor, course)
    listed = queries.percent_by_course(actor.id, [course.id])[course.id]
    assert listed == path.standing.percent
    return listed


def path_of(actor: Actor, course: Course) -> queries.Path:
    """What the player shows."""
    learner = queries.find_learner(actor.id, course.id)
    assert learner
    return queries.path_of(learner, course.id)


def stored(enrollment: Enrollment) -> CourseProgress:
    """The progress as it is stored."""
    statement = select(CourseProgress).filter_by(enrollment_id=enrollment.id)
    return db.session.execute(statement).scalar_one()


def certificates(course: Course) -> list[Certificate]:
    """The certificates of the course."""
    return list(db.session.execute(select(Certificate).filter_by(course_id=course.id)).scalars())


def work_off() -> None:
    """Do what the worker has to do, as it does it."""
    for entry_id in open_entries():
        assert run_entry(entry_id)


def work_off_all() -> None:
    """Do also what follows from that."""
    while open_entries():
        work_off()


def open_entries() -> list[int]:
    """What the worker has to do."""
    db.session.rollback()
    waiting = select(OutboxEntry.id).where(IS_OPEN).order_by(OutboxEntry.id)
    return list(db.session.execute(waiting).scalars())
