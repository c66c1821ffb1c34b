"""What the worker does with a publication that was asked for: all of it, once, or nothing."""

from sqlalchemy import select, update

from app.blueprints.accounts.queries import find_actor
from app.blueprints.builder.events import PublicationEnded
from app.blueprints.builder.models import (
    Publication,
    PublicationState,
    ReviewRequest,
    ReviewState,
)
from app.blueprints.builder.policies import can_publish_course
from app.blueprints.builder.queries import version_readiness
from app.blueprints.builder.services.renewing import renew_facts
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.queries import (
    find_working_version,
    get_version,
    last_number,
    lock_course,
)
from app.blueprints.courses.services import change_status, publish_copy, publish_version
from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import record
from app.core.i18n import gettext

Outcome = tuple[PublicationState, str]
DONE: Outcome = (PublicationState.DONE, "")
STALE: Outcome = (PublicationState.STALE, "")


def run_publication(publication_id: int) -> None:
    """Carry a publication out, once: old version or new one, never a mixture.

    Rights and readiness are looked at again, since time has passed.
    """
    course = _lock_course_of(publication_id)
    publication = db.session.execute(
        select(Publication).filter_by(id=publication_id).with_for_update()
    ).scalar_one()
    if publication.state is not PublicationState.QUEUED:
        return
    publication.state, publication.refusal = _outcome(course, publication)
    publication.ended_at = clock.db_now()
    if course is not None and publication.state is not PublicationState.DONE:
        _reopen_work(course, publication)
    record(PublicationEnded(publication.id, str(publication.state)))


def _lock_course_of(publication_id: int) -> Course | None:
    """Return the course, locked; None where it has been deleted meanwhile."""
    statement = select(Publication.course_id).filter_by(id=publication_id)
    course_id = db.session.execute(statement).scalar_one()
    try:
        return lock_course(course_id)
    except NotFound:
        return None


def _outcome(course: Course | None, publication: Publication) -> Outcome:
    if course is None:
        return PublicationState.REFUSED, "deleted"
    actor = find_actor(publication.requested_by_id)
    if actor is None or not can_publish_course(actor, course):
        return PublicationState.REFUSED, "rights"
    if course.status is CourseStatus.ARCHIVED:
        return PublicationState.REFUSED, "archived"
    if publication.expected_number not in (None, last_number(course.id) + 1):
        return STALE
    if publication.source_id is None:
        return _publish_working(actor, course, publication)
    source = get_version(publication.source_id)
    renew_facts(source)
    copy = publish_copy(
        actor,
        course,
        source,
        audience=str(publication.audience),
        redo_keys=publication.redo_keys,
        note=publication.note,
    )
    publication.version_id = copy.id
    return DONE


def _publish_working(actor: Actor, course: Course, publication: Publication) -> Outcome:
    version = find_working_version(course.id, lock=True)
    if (
        version is None
        or version.id != publication.version_id
        or version.revision != publication.expected_revision
    ):
        return STALE
    renew_facts(version)
    if version_readiness(course, version).must:
        return PublicationState.REFUSED, "problems"
    publish_version(
        actor,
        course,
        version,
        audience=str(publication.audience),
        redo_keys=publication.redo_keys,
        note=publication.note,
    )
    _close_reviews(version.id)
    return DONE


def _reopen_work(course: Course, publication: Publication) -> None:
    """An approval came to nothing, as by an edit that overtook it: the course is a draft again."""
    request = db.session.execute(
        select(ReviewRequest).filter_by(
            version_id=publication.version_id,
            revision=publication.expected_revision,
            state=ReviewState.APPROVED,
        )
    ).scalar_one_or_none()
    if request is None:
        return
    request.state = ReviewState.STALE
    if course.status is CourseStatus.REVIEW:
        edited = publication.state is PublicationState.STALE
        reason = gettext("Edited after it was approved") if edited else gettext("Not published")
        change_status(SYSTEM, course, CourseStatus.DRAFT, reason)


def _close_reviews(version_id: int) -> None:
    """A version that is published waits for nobody any more."""
    db.session.execute(
        update(ReviewRequest)
        .where(ReviewRequest.version_id == version_id, ReviewRequest.state == ReviewState.OPEN)
        .values(state=ReviewState.WITHDRAWN, decided_at=clock.db_now())
    )
