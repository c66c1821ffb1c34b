"""Imports that people ask for in the browser: asked for, prepared in a worker, written, ended.

All of an import is written in one transaction, with its end: it is there whole, or not at all.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.blueprints.accounts.queries import find_actor
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_create_course, can_edit_course
from app.blueprints.courses.queries import get_course
from app.blueprints.interchange.errors import NotImportable
from app.blueprints.interchange.events import ImportRequested
from app.blueprints.interchange.markdown import read_course
from app.blueprints.interchange.markdown.archive import unpack
from app.blueprints.interchange.models import ImportJob, ImportState
from app.blueprints.interchange.services.ending import end, hold
from app.blueprints.interchange.services.importing import Imported, import_course
from app.blueprints.interchange.services.preparing import PreparedCourse, prepare_course
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import DomainError, Forbidden, NotFound
from app.core.events import record
from app.core.i18n import gettext as _
from app.core.storage import storage

# Nobody waits longer for an import that was cut off again and again.
GIVEN_UP_AFTER = timedelta(hours=1)
_MOST_TOLD = 200
_TELL_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be written, or why nothing is, and what of the archive was left out."""

    course: PreparedCourse | None
    problems: list[dict[str, Any]]
    left_out: list[str]


def request_import(
    actor: Actor, *, digest: str, file_name: str, course_id: int | None = None
) -> ImportJob:
    """Ask for an archive, kept by then or next, to be brought in: as a new course or into that one.

    Raises `NotFound` and `Forbidden`.
    """
    allowed = (
        can_create_course(actor)
        if course_id is None
        else can_edit_course(actor, get_course(course_id))
    )
    if not allowed:
        raise Forbidden
    job = ImportJob(
        requested_by_id=actor.id,
        course_id=course_id,
        is_new=course_id is None,
        file_name=file_name[:200],
        digest=digest,
    )
    db.session.add(job)
    db.session.flush()
    audit.record(actor, "import.requested", "import_job", job.id, file=job.file_name)
    record(ImportRequested(job.id))
    hold(digest)
    return job


def prepare_import(job_id: int) -> Prepared | None:
    """Unpack, read and draw what was sent, outside any transaction; None where it has ended."""
    job = db.session.get(ImportJob, job_id)
    if job is None or job.ended_at is not None:
        return None
    course_id, digest, actor = job.course_id, job.digest, find_actor(job.requested_by_id)
    try:
        if actor is None:
            raise Forbidden
        with tempfile.TemporaryDirectory(prefix="import-") as name, storage().open(digest) as file:
            root, left_out = unpack(file, Path(name))
            read = read_course(root)
            tell = _teller(job_id, len(read.lessons))
            course = prepare_course(actor, read, course_id=course_id, tell=tell)
    except NotImportable as refused:
        problems = [
            {"file": one.file, "line": one.line, "message": str(one.message)}
            for one in refused.problems[:_MOST_TOLD]
        ]
        return Prepared(None, problems, [])
    except (DomainError, FileNotFoundError) as refused:
        return Prepared(None, [_problem(refused)], [])
    return Prepared(course, [], left_out[:_MOST_TOLD])


def finish_import(job_id: int, prepared: Prepared | None) -> None:
    """Write the course with the end of its import, or only why there is none."""
    job = _locked(job_id)
    if prepared is None or job.ended_at is not None:
        return
    problems, done = prepared.problems, None
    if prepared.course is not None:
        try:
            # What is refused half-way is undone, and the import ends with the reason.
            with db.session.begin_nested():
                done = _written(job, prepared.course)
        except DomainError as refused:
            problems = [_problem(refused)]
    report = {"problems": problems, "left_out": prepared.left_out}
    if done is not None and prepared.course is not None:
        job.course_id = done.course_id
        images = len(prepared.course.images)
        report |= asdict(done) | {"lessons": len(prepared.course.texts), "images": images}
    _end(job, ImportState.DONE if done else ImportState.FAILED, report)


def give_up() -> None:
    """End the imports that no worker could finish."""
    stuck = select(ImportJob).where(
        ImportJob.ended_at.is_(None),
        ImportJob.requested_at < clock.db_now() - GIVEN_UP_AFTER,
    )
    for job in db.session.execute(stuck.with_for_update(skip_locked=True)).scalars():
        words = _("It could not be brought in. Nothing was changed; try again.")
        _end(job, ImportState.FAILED, {"problems": [{"file": "", "line": None, "message": words}]})


def _written(job: ImportJob, course: PreparedCourse) -> Imported:
    actor = find_actor(job.requested_by_id)
    if actor is None:
        raise Forbidden
    if course.course_id is not None and not _is_there(course.course_id):
        raise NotFound
    return import_course(actor, course)


def _is_there(course_id: int) -> bool:
    statement = select(Course.id).where(Course.id == course_id, Course.deleted_at.is_(None))
    return db.session.execute(statement).first() is not None


def _teller(job_id: int, total: int) -> Callable[[int], None]:
    """Return what notes how many lessons are drawn, twice a second at most."""
    last = 0.0

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < _TELL_EVERY_SECONDS:
            return
        last = time.monotonic()
        with writing():
            db.session.execute(
                update(ImportJob)
                .where(ImportJob.id == job_id, ImportJob.ended_at.is_(None))
                .values(state=ImportState.RUNNING, done=done, total=total)
            )

    return tell


def _end(job: ImportJob, state: ImportState, report: dict[str, Any]) -> None:
    job.state, job.done = state, job.total
    end(job, report)


def _locked(job_id: int) -> ImportJob:
    statement = select(ImportJob).where(ImportJob.id == job_id).with_for_update()
    return db.session.execute(statement).scalar_one()


def _problem(refused: Exception) -> dict[str, Any]:
    words = (
        str(refused) if isinstance(refused, DomainError) else _("The file is gone. Send it again.")
    )
    return {"file": "", "line": None, "message": words}
