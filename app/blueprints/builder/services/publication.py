"""The one path of publishing: asked for in a request, carried out in a job."""

from collections.abc import Iterable

from sqlalchemy import select

from app.blueprints.builder.errors import ArchivedCourse, NotReady, StaleBoard, StaleHistory
from app.blueprints.builder.events import PublicationRequested
from app.blueprints.builder.models import Audience, Publication, PublicationState
from app.blueprints.builder.policies import can_publish_course
from app.blueprints.builder.queries import version_readiness
from app.blueprints.courses.errors import NothingToCopy, TemplatesStay
from app.blueprints.courses.models import Course, CourseStatus, CourseVersion, Lesson
from app.blueprints.courses.queries import (
    find_working_version,
    get_published_version,
    last_number,
    lock_course,
)
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.events import record
from app.core.i18n import lazy_gettext as _l


def request_publication(
    actor: Actor,
    *,
    course_id: int,
    revision: int,
    audience: Audience = Audience.EVERYONE,
    redo_keys: Iterable[str] = (),
    note: str = "",
) -> Publication:
    """Ask for the working version, as it is at `revision`, to be published; `note` says why.

    The outbox row exists if and only if the publication does. Raises `Forbidden`,
    `ArchivedCourse`, `StaleBoard` and `NotReady`. Asked again for the same state, it gives the
    publication that waits already.
    """
    course = _locked(actor, course_id)
    version = _version_at(course, revision)
    waiting = _find_waiting(version_id=version.id, expected_revision=revision)
    if waiting:
        return waiting
    _check_ready(course, version)
    publication = Publication(
        version_id=version.id,
        expected_revision=revision,
        expected_number=last_number(course.id) + 1,
        audience=Audience(audience),
        redo_keys=_known_keys(version, redo_keys),
        note=note.strip(),
    )
    return _ask(actor, course, publication)


def request_revert(
    actor: Actor,
    *,
    course_id: int,
    number: int,
    becomes: int,
    audience: Audience = Audience.EVERYONE,
    redo_keys: Iterable[str] = (),
    note: str = "",
) -> Publication:
    """Ask for a copy of the published version `number` to be published as version `becomes`.

    The current version may be the one, too: for everyone, that moves those who were kept on an
    older one. Whether it is ready is not asked: it was, and the way back must not be barred by a
    rule that came later. Raises `Forbidden`, `ArchivedCourse`, `NotFound`, and `StaleHistory`
    where the next version is another. Asked again, it gives the publication that waits already.
    """
    course = _locked(actor, course_id)
    source = get_published_version(course.id, number)
    if last_number(course.id) + 1 != becomes:
        raise StaleHistory
    waiting = _find_waiting(source_id=source.id, expected_number=becomes)
    if waiting:
        return waiting
    publication = Publication(
        source_id=source.id,
        expected_revision=0,
        expected_number=becomes,
        audience=Audience(audience),
        redo_keys=_known_keys(source, redo_keys),
        note=note.strip(),
    )
    return _ask(actor, course, publication)


def checked_version(course: Course, revision: int) -> CourseVersion:
    """Return the working version, locked, if it is at `revision` and ready.

    Raises `ArchivedCourse`, `TemplatesStay`, `NothingToCopy`, `StaleBoard` and `NotReady`.
    """
    _require_open(course)
    version = _version_at(course, revision)
    _check_ready(course, version)
    return version


def _version_at(course: Course, revision: int) -> CourseVersion:
    if course.template:
        raise TemplatesStay
    version = find_working_version(course.id, lock=True)
    if version is None:
        raise NothingToCopy(_l("Nothing has changed since the last publication."))
    if version.revision != revision:
        raise StaleBoard
    return version


def _check_ready(course: Course, version: CourseVersion) -> None:
    found = version_readiness(course, version)
    if found.must:
        raise NotReady(found.must)


def _locked(actor: Actor, course_id: int) -> Course:
    course = lock_course(course_id)
    if not can_publish_course(actor, course):
        raise Forbidden
    _require_open(course)
    return course


def _require_open(course: Course) -> None:
    if course.status is CourseStatus.ARCHIVED:
        raise ArchivedCourse


def _ask(actor: Actor, course: Course, publication: Publication) -> Publication:
    """Store the publication and, with it, the job that carries it out."""
    publication.course_id, publication.requested_by_id = course.id, actor.id
    db.session.add(publication)
    db.session.flush()
    audit.record(actor, "publication.requested", "course", course.id, publication=publication.id)
    record(PublicationRequested(publication.id))
    return publication


def _known_keys(version: CourseVersion, keys: Iterable[str]) -> list[str]:
    """Leave out what names no lesson: a browser may send more keys than a statement can hold."""
    of_version = select(Lesson.key).where(Lesson.version_id == version.id)
    return sorted(set(keys) & set(db.session.execute(of_version).scalars()))


def _find_waiting(**same: int) -> Publication | None:
    statement = select(Publication).filter_by(state=PublicationState.QUEUED, **same)
    return db.session.execute(statement).scalars().first()
