"""What authors and approvers are told: reviews, and what became of publications."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.blueprints.accounts.queries import get_user
from app.blueprints.builder.events import (
    PublicationEnded,
    ReviewApproved,
    ReviewRequested,
    ReviewSentBack,
)
from app.blueprints.builder.models import Publication, PublicationState, ReviewRequest, ReviewState
from app.blueprints.courses.models import Course
from app.blueprints.messaging import queries, services
from app.blueprints.messaging.services import News
from app.core.db import db
from app.core.events import on, running_id


@on(ReviewRequested)
def tell_approvers(event: ReviewRequested) -> None:
    """Tell approvers that something waits, unless it was withdrawn meanwhile."""
    request = db.session.get_one(ReviewRequest, event.request_id)
    if request.state is not ReviewState.OPEN:
        return
    people = set(queries.approvers()) - {request.submitted_by_id}
    about = {"name": request.submitted_by.display_name, "request": request.id}
    services.tell(_news("review_asked", request.course, about), people)


@on(ReviewApproved)
def tell_of_approval(event: ReviewApproved) -> None:
    """Tell who submitted it."""
    _decided("review_approved", event.request_id)


@on(ReviewSentBack)
def tell_of_return(event: ReviewSentBack) -> None:
    """Tell who submitted it, with the reasons."""
    _decided("review_sent_back", event.request_id)


@on(PublicationEnded)
def tell_of_publication(event: PublicationEnded) -> None:
    """Tell the team of a new version; of one that was not to be, those who asked for it."""
    publication = db.session.get_one(Publication, event.publication_id)
    asked_by = publication.requested_by_id
    if publication.state is not PublicationState.DONE or publication.version is None:
        people = {asked_by, *_submitters(publication)}
        services.tell(_news("not_published", publication.course, {}), people)
        return
    people = set(queries.team_of(publication.course_id)) - {asked_by}
    about = {"number": publication.version.number}
    services.tell(_news("published", publication.course, about), people)


def _submitters(publication: Publication) -> Iterable[int]:
    """Return who asked for the review that the publication came of."""
    of_version = select(ReviewRequest.submitted_by_id).filter_by(
        version_id=publication.version_id, revision=publication.expected_revision
    )
    return db.session.execute(of_version).scalars()


def _decided(kind: str, request_id: int) -> None:
    request = db.session.get_one(ReviewRequest, request_id)
    if request.decided_by_id is None or request.decided_by_id == request.submitted_by_id:
        return
    about = {"name": get_user(request.decided_by_id).display_name, "reason": request.reason}
    services.tell(_news(kind, request.course, about), [request.submitted_by_id])


def _news(kind: str, course: Course, about: dict[str, Any]) -> News:
    return News(kind, running_id(), course.id, {"course": course.title, **about})
