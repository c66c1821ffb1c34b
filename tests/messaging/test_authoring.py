"""What authors and approvers are told, and whoever is asked to teach."""

import pytest

from app.blueprints.builder import services as builder
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import find_invitation
from app.core.db import writing
from app.core.tokens import hash_of
from tests.builder.steps import keys_of, working, write
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course, owner_of
from tests.messaging.post import mails, notices_of, post
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")


def submit(course: Course) -> int:
    """Its owner rewrites a lesson and submits the course; return the request's number."""
    author = actor_for(owner_of(course))
    write(author, course, keys_of(course)[0][1][0], "<p>New.</p>")
    with writing():
        request = builder.submit_for_review(
            author, course_id=course.id, revision=working(course).revision
        )
    return request.id


@both_databases
def test_approvers_are_told_what_waits_and_authors_what_was_decided() -> None:
    approver = make_user("Jun Sato", roles=["approver"])
    course = make_course("Loops")
    request_id = submit(course)
    (asked,) = post()
    assert asked.message["Subject"] == "“Loops” waits for your review"
    assert asked.message["To"] == f"Jun Sato <{approver.email}>"
    assert f"/review/{request_id}" in asked.part("plain")
    with writing():
        builder.send_back(actor_for(approver), request_id=request_id, reason="Too short.")
    back = post()[-1]
    assert back.message["Subject"] == "“Loops” was sent back to you"
    assert "> Too short." in back.part("plain")
    assert "Too short." in back.part("html")
    assert [one.kind for one in notices_of(owner_of(course))] == ["review_sent_back"]


def test_an_approval_and_what_is_published_are_told_to_the_team() -> None:
    approver = make_user("Jun Sato", roles=["approver"])
    owner, second = (make_user(name, roles=["contributor"]) for name in ("Ines Cole", "Eve Hart"))
    course = make_course("Loops", owner=owner, people=[(second, CourseRole.INSTRUCTOR)])
    request_id = submit(course)
    post()
    with writing():
        builder.approve(actor_for(approver), request_id=request_id)
    post()
    assert [one.kind for one in notices_of(owner)] == ["review_approved", "published"]
    assert [one.kind for one in notices_of(second)] == ["published"]
    assert [one.kind for one in notices_of(approver)] == ["review_asked"]


def test_a_publication_that_came_too_late_is_told_to_who_asked() -> None:
    course = make_course("Loops", owner=make_user("Ines Cole", roles=["admin"]))
    author = actor_for(owner_of(course))
    lesson = keys_of(course)[0][1][0]
    write(author, course, lesson, "<p>New.</p>")
    with writing():
        builder.request_publication(author, course_id=course.id, revision=working(course).revision)
    write(author, course, lesson, "<p>Newer.</p>")
    post()
    assert [one.kind for one in notices_of(owner_of(course))] == ["not_published"]


def test_an_approval_that_came_to_nothing_is_told_to_the_author() -> None:
    approver = make_user("Jun Sato", roles=["approver"])
    course = make_course("Loops")
    request_id = submit(course)
    with writing():
        builder.approve(actor_for(approver), request_id=request_id)
    write(actor_for(owner_of(course)), course, keys_of(course)[0][1][0], "<p>Newer.</p>")
    post()
    kinds = [one.kind for one in notices_of(owner_of(course))]
    assert sorted(kinds) == ["not_published", "review_approved"]


def test_a_review_that_was_decided_before_its_mail_left_is_not_mailed() -> None:
    make_user("Jun Sato", roles=["approver"])
    course = make_course("Loops")
    submit(course)
    with writing():
        builder.withdraw(actor_for(owner_of(course)), course_id=course.id)
    assert post() == []


@pytest.mark.parametrize("has_account", [True, False])
def test_an_invitation_to_teach_comes_with_its_link(has_account: bool) -> None:
    guest = make_user("Guest", email="guest@example.org") if has_account else None
    course = make_course("Loops")
    with writing():
        token = courses.invite(
            actor_for(owner_of(course)),
            course_id=course.id,
            email="Guest@example.org",
            role=CourseRole.INSTRUCTOR,
        )
    (letter,) = post()
    assert letter.message["To"] == ("Guest <guest@example.org>" if guest else "guest@example.org")
    assert f"/teaching/invitations/{token}\n" in letter.part("plain")
    assert ("List-Unsubscribe" in letter.message) is has_account
    assert find_invitation(hash_of(token))
    assert [one.user_id for one in notices_of(guest)] if guest else True


def test_an_invitation_that_was_taken_back_is_not_mailed() -> None:
    course = make_course("Loops")
    owner = actor_for(owner_of(course))
    with writing():
        token = courses.invite(
            owner, course_id=course.id, email="guest@example.org", role=CourseRole.INSTRUCTOR
        )
    found = find_invitation(hash_of(token))
    assert found
    with writing():
        courses.revoke_invitation(owner, course_id=course.id, invitation_id=found.id)
    assert post() == []
    assert mails() == []
