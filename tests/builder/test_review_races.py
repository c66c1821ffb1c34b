"""Of what people do to one review at one moment, exactly one counts."""

import pytest
from flask import Flask

from app.blueprints.builder import services
from app.blueprints.builder.models import Publication, PublicationState, ReviewRequest
from app.blueprints.builder.services import review
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.queries import get_course
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import Conflict
from tests.builder.reviewing import state_of, submit
from tests.builder.steps import add_lesson, keys_of, write
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases
from tests.support.races import at_once

pytestmark = both_databases


@pytest.fixture
def approver(app: Flask) -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


def submitted() -> tuple[Actor, Course, ReviewRequest]:
    """A new course that waits for review, and its author: one begins only so many a day."""
    author = actor_for(make_user("Maya Brandt", roles=["contributor"]))
    with writing():
        course = services.create_course(author, title="Soil")
    write(author, course, add_lesson(author, course, "Sand"))
    request = submit(author, course)
    db.session.expunge_all()  # what the races know of both are their numbers
    return author, course, request


def queued(course: Course) -> list[Publication]:
    """What the worker is asked to publish."""
    return db.session.query(Publication).filter_by(course_id=course.id).all()


def test_of_several_approvers_one_decides(app: Flask, approver: Actor, rounds: int) -> None:
    other = actor_for(make_user("Jun Sato", roles=["approver"]))
    for _ in range(rounds):
        _author, course, request = submitted()
        _approve_and_send_back(app, course, request, approver, other)


def _approve_and_send_back(
    app: Flask, course: Course, request: ReviewRequest, approver: Actor, other: Actor
) -> None:
    acts = [
        lambda: services.approve(approver, request_id=request.id),
        lambda: services.send_back(other, request_id=request.id, reason="No."),
    ]
    refusals = at_once(app, *acts, *acts)
    assert refusals.count(None) == 1
    assert all(one is None or isinstance(one, Conflict) for one in refusals)
    approved = state_of(request) == "approved"
    assert len(queued(course)) == approved
    assert (refusals[0] is None or refusals[2] is None) is approved


def test_of_approval_and_withdrawal_one_counts_and_an_edit_is_never_lost(
    app: Flask, approver: Actor, rounds: int
) -> None:
    for _ in range(rounds):
        _approve_withdraw_and_edit(app, approver, *submitted())


def _approve_withdraw_and_edit(
    app: Flask, approver: Actor, author: Actor, course: Course, request: ReviewRequest
) -> None:
    module = keys_of(course)[0][0]
    approved, withdrawn, edited = at_once(
        app,
        lambda: services.approve(approver, request_id=request.id),
        lambda: services.withdraw(author, course_id=course.id),
        lambda: services.add_lesson(author, course_id=course.id, module=module, title="Clay"),
    )
    assert edited is None
    assert [len(keys) for _, keys in keys_of(course)] == [2]
    assert approved is not None or withdrawn is not None
    for publication in queued(course):
        with writing():
            services.run_publication(publication.id)
    _settled(course, request, approved=approved is None, withdrawn=withdrawn is None)


def _settled(course: Course, request: ReviewRequest, *, approved: bool, withdrawn: bool) -> None:
    """What was edited after the approval is not published under it."""
    state, shown = state_of(request), get_course(course.id)
    asked = [one.state for one in queued(course)]
    if withdrawn:
        assert (state, asked, shown.status) == ("withdrawn", [], CourseStatus.DRAFT)
    elif approved:
        assert (state, asked) == ("stale", [PublicationState.STALE])
        assert shown.current_version_id is None
    else:  # the edit came first: what waits can only be submitted anew
        assert (state, asked, shown.status) == ("open", [], CourseStatus.REVIEW)


def test_without_looking_again_under_the_lock_both_would_count(
    app: Flask, approver: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: approvers who trust what they read before."""
    _author, _course, request = submitted()

    def trusting(request_id: int) -> tuple[ReviewRequest, Course]:
        found = db.session.get_one(ReviewRequest, request_id)
        return found, get_course(found.course_id)

    monkeypatch.setattr(review, "_open_request", trusting)
    refusals = at_once(
        app,
        lambda: services.send_back(approver, request_id=request.id, reason="No."),
        lambda: services.send_back(approver, request_id=request.id, reason="Never."),
    )
    assert refusals == [None, None]
