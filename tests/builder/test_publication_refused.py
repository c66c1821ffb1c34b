"""Publications that may not be: nobody reopens a course by one, and nobody waits for ever."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.errors import ArchivedCourse
from app.blueprints.builder.models import Publication, PublicationState, ReviewRequest
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from tests.builder.reviewing import state_of, submit
from tests.builder.steps import add_lesson, publish, write
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases

pytestmark = both_databases


@pytest.fixture
def approver() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


@pytest.fixture
def waiting(author: Actor, approver: Actor, course: Course) -> ReviewRequest:
    """A change of a published course, submitted for review."""
    key = add_lesson(author, course, "Sand")
    write(author, course, key)
    publish(approver, course)
    write(author, course, key, "<p>Finer.</p>")
    return submit(author, course)


def archive(author: Actor, course: Course) -> None:
    with writing():
        courses.archive_course(author, course_id=course.id, reason="Over.")


def approve(approver: Actor, request: ReviewRequest) -> Publication:
    with writing():
        return services.approve(approver, request_id=request.id)


def outcome(publication: Publication) -> tuple[PublicationState, str, CourseStatus]:
    """What came of it, and how the course stands."""
    drain(LocalRunner())
    db.session.expire_all()
    ended = db.session.get_one(Publication, publication.id)
    return ended.state, ended.refusal, get_course(ended.course_id).status


def test_an_archived_course_is_not_published(
    author: Actor, approver: Actor, course: Course, waiting: ReviewRequest
) -> None:
    archive(author, course)
    with pytest.raises(ArchivedCourse):
        approve(approver, waiting)
    with pytest.raises(ArchivedCourse), writing():
        services.request_revert(approver, course_id=course.id, number=1, becomes=2)
    assert state_of(waiting) == "open"
    with writing():
        services.withdraw(author, course_id=course.id)
    with pytest.raises(ArchivedCourse):
        submit(author, course)


def test_a_course_that_is_archived_meanwhile_stays_archived(
    author: Actor, approver: Actor, course: Course, waiting: ReviewRequest
) -> None:
    publication = approve(approver, waiting)
    archive(author, course)
    expected = (PublicationState.REFUSED, "archived", CourseStatus.ARCHIVED)
    assert outcome(publication) == expected
    assert state_of(waiting) == "stale"


def test_an_approval_that_lost_its_right_gives_the_draft_back(
    author: Actor, approver: Actor, course: Course
) -> None:
    write(author, course, add_lesson(author, course, "Sand"))
    request = submit(author, course)
    publication = approve(approver, request)
    with saving():
        db.session.get_one(User, approver.id).is_approver = False
    assert outcome(publication) == (PublicationState.REFUSED, "rights", CourseStatus.DRAFT)
    assert state_of(request) == "stale"
    assert submit(author, course).id != request.id
