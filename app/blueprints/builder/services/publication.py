"""The one path of publishing: asked for in a request, carried out in a job."""

from collections.abc import Iterable

from sqlalchemy import select, update

from app.blueprints.accounts.queries import find_actor
from app.blueprints.builder.errors import NotReady, StaleBoard
from app.blueprints.builder.events import PublicationEnded, PublicationRequested
from app.blueprints.builder.models import (
    Audience,
    Publication,
    PublicationState,
    ReviewRequest,
    ReviewState,
)
from app.blueprints.builder.policies import can_publish_course
from app.blueprints.builder.rules.readiness import problems_of
from app.blueprints.courses.errors import NothingToCopy
from app.blueprints.courses.models import Course, CourseVersion, Lesson
from app.blueprints.courses.queries import find_working_version, lock_course, outline
from app.blueprints.courses.services import publish_version
from app.core import audit, clock
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
) -> Publication:
    """Ask for the working version, as it is at `revision`, to be published.

    The outbox row exists if and only if the publication does. Raises `Forbidden`, `StaleBoard`
    and `NotReady`. Asked again for the same state, it gives the publication that waits already.
    """
    course = lock_course(course_id)
    if not can_publish_course(actor, course):
        raise Forbidden
    version = checked_version(course, revision)
    waiting = _find_waiting(version)
    if waiting:
        return waiting
    publication = Publication(
        course_id=course.id,
        version_id=version.id,
        expected_revision=revision,
        audience=Audience(audience),
        redo_keys=_known_keys(version, redo_keys),
        requested_by_id=actor.id,
    )
    db.session.add(publication)
    db.session.flush()
    audit.record(actor, "publication.requested", "course", course.id, publication=publication.id)
    record(PublicationRequested(publication.id))
    return publication


def checked_version(course: Course, revision: int) -> CourseVersion:
    """Return the working version, locked, if it is at `revision` and ready.

    Raises `NothingToCopy`, `StaleBoard` and `NotReady`.
    """
    version = find_working_version(course.id, lock=True)
    if version is None:
        raise NothingToCopy(_l("Nothing has changed since the last publication."))
    if version.revision != revision:
        raise StaleBoard
    problems = problems_of(outline(version))
    if problems:
        raise NotReady(problems)
    return version


def _known_keys(version: CourseVersion, keys: Iterable[str]) -> list[str]:
    """Leave out what names no lesson: a browser may send more keys than a statement can hold."""
    of_version = select(Lesson.key).where(Lesson.version_id == version.id)
    return sorted(set(keys) & set(db.session.execute(of_version).scalars()))


def _find_waiting(version: CourseVersion) -> Publication | None:
    statement = select(Publication).filter_by(
        version_id=version.id,
        expected_revision=version.revision,
        state=PublicationState.QUEUED,
    )
    return db.session.execute(statement).scalars().first()


def run_publication(publication_id: int) -> None:
    """Carry a publication out, once: old version or new one, never a mixture.

    Rights and readiness are looked at again, since time has passed.
    """
    course_id = db.session.execute(
        select(Publication.course_id).filter_by(id=publication_id)
    ).scalar_one()
    course = lock_course(course_id)
    publication = db.session.execute(
        select(Publication).filter_by(id=publication_id).with_for_update()
    ).scalar_one()
    if publication.state is not PublicationState.QUEUED:
        return
    publication.state, publication.refusal = _outcome(course, publication)
    publication.ended_at = clock.db_now()
    record(PublicationEnded(publication.id, str(publication.state)))


def _outcome(course: Course, publication: Publication) -> tuple[PublicationState, str]:
    actor = find_actor(publication.requested_by_id)
    if actor is None or not can_publish_course(actor, course):
        return PublicationState.REFUSED, "rights"
    version = find_working_version(course.id, lock=True)
    if (
        version is None
        or version.id != publication.version_id
        or version.revision != publication.expected_revision
    ):
        return PublicationState.STALE, ""
    if problems_of(outline(version)):
        return PublicationState.REFUSED, "problems"
    publish_version(
        actor,
        course,
        version,
        audience=str(publication.audience),
        redo_keys=publication.redo_keys,
    )
    _close_reviews(version.id)
    return PublicationState.DONE, ""


def _close_reviews(version_id: int) -> None:
    """A version that is published waits for nobody any more."""
    db.session.execute(
        update(ReviewRequest)
        .where(ReviewRequest.version_id == version_id, ReviewRequest.state == ReviewState.OPEN)
        .values(state=ReviewState.WITHDRAWN, decided_at=clock.db_now())
    )
