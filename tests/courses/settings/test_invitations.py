"""Invitations to teach: the link once, one answer, nothing told about accounts."""

import re
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import update

from app.blueprints.accounts.models import User
from app.blueprints.courses import queries, services
from app.blueprints.courses.errors import InvitationOver
from app.blueprints.courses.models import (
    Course,
    CourseRole,
    InvitationOutcome,
    TeachingInvitation,
)
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.tokens import hash_of
from tests.courses.settings.conftest import again
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.client import CheckedClient, hidden_key
from tests.support.races import at_once

LINK = re.compile(r'value="http://[^/"]+(/teaching/invitations/[\w-]{43})"')
ASK = {"email": "Guest@Example.org", "role": "instructor"}


def link_in(page: str) -> str:
    found = LINK.search(page)
    assert found
    return found[1]


@pytest.fixture
def link(desk: CheckedClient, course: Course) -> str:
    """The link of an invitation to an address that nobody has."""
    made = desk.post("/teaching/soil/invitations", data=ASK)
    assert made.status_code == 201
    return link_in(made.text)


def test_who_is_asked_twice_by_one_form_has_one_link(desk: CheckedClient, course: Course) -> None:
    url = "/teaching/soil/invitations"
    sent = ASK | {"key": hidden_key(desk, "/teaching/soil/settings/team", url)}
    assert len({link_in(desk.post(url, data=sent).text) for _ in range(2)}) == 1
    assert db.session.query(TeachingInvitation).count() == 1


def test_the_link_is_shown_once_and_its_token_kept_nowhere(
    desk: CheckedClient, course: Course, link: str
) -> None:
    token = link.rpartition("/")[2]
    page = desk.get("/teaching/soil/settings/team").text
    assert "guest@example.org" in page
    assert token not in page
    kept = db.session.query(TeachingInvitation).one()
    acts = db.session.query(AuditEvent).all()
    values = [vars(row) for row in (kept, *acts)]
    assert token not in str(values)
    assert (kept.email, kept.token_hash) == ("guest@example.org", hash_of(token))


def test_answers_are_alike_with_and_without_an_account(
    desk: CheckedClient, course: Course, assistant: User
) -> None:
    make_user("Known", email="known@example.org")
    pages = []
    with clock.freeze(clock.now()):
        for email in ("known@example.org", "nobody@example.org", assistant.email):
            asked = {"email": email, "role": "owner"}
            page = desk.post("/teaching/soil/invitations", data=asked).text
            page = page.replace(email, "somebody@example.org").replace(link_in(page), "/link")
            pages.append(page.partition('id="teachinginvitation')[0])
    # Tokens of forms tell the second in which they were made.
    first, *others = (re.sub(r'"[\w.-]{60,}"', "", page) for page in pages)
    assert others == [first, first]


def test_joining_by_the_link_works_once(client: CheckedClient, course: Course, link: str) -> None:
    guest = make_user("Gita Guest")
    client.post("/logout")
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Will you teach “Soil and water” with us?" in page.text
    assert client.post(f"{link}/acceptance").status_code == 401
    sign_in(client, guest)
    assert guest.email in client.get(link).text
    joined = client.post(f"{link}/acceptance")
    assert (joined.status_code, joined.location) == (303, "/teaching/soil/settings/team")
    assert {one.user_id: one.role for one in again(course).people}[
        guest.id
    ] is CourseRole.INSTRUCTOR
    assert client.get(link).status_code == 404
    assert client.post(f"{link}/acceptance").status_code == 404
    assert client.get("/teaching/soil/board").status_code == 200


def test_declining_needs_no_account(client: CheckedClient, course: Course, link: str) -> None:
    client.post("/logout")
    assert client.post(f"{link}/refusal").status_code == 303
    assert db.session.query(TeachingInvitation).one().outcome is InvitationOutcome.DECLINED
    assert len(again(course).people) == 3


def test_a_new_invitation_takes_the_place_of_the_old(
    desk: CheckedClient, course: Course, link: str
) -> None:
    newer = link_in(desk.post("/teaching/soil/invitations", data=ASK).text)
    assert desk.get(link).status_code == 404
    assert desk.get(newer).status_code == 200
    assert len(queries.list_invitations(course.id)) == 1


def test_taking_an_invitation_back(
    desk: CheckedClient, course: Course, draft: Course, link: str
) -> None:
    [waiting] = queries.list_invitations(course.id)
    assert desk.delete(f"/teaching/air/invitations/{waiting.id}").status_code == 404
    assert desk.delete(f"/teaching/soil/invitations/{waiting.id}").status_code == 303
    assert desk.delete(f"/teaching/soil/invitations/{waiting.id}").status_code == 409
    assert desk.get(link).status_code == 404


def test_invitations_run_out(desk: CheckedClient, course: Course, link: str) -> None:
    with writing():
        past = clock.now() - timedelta(seconds=1)
        db.session.execute(update(TeachingInvitation).values(expires_at=past))
    assert desk.get(link).status_code == 404
    assert desk.post(f"{link}/acceptance").status_code == 404
    assert len(again(course).people) == 3


def test_those_with_the_address_find_it_under_teaching(
    client: CheckedClient, course: Course, owner: User
) -> None:
    guest = make_user("Gita Guest", email="Guest@example.org")
    other = make_user("Other")
    with writing():
        services.invite(
            actor_for(owner), course_id=course.id, email="guest@example.org", role=CourseRole.OWNER
        )
    [waiting] = queries.invitations_for(guest.id)
    sign_in(client, other)
    assert "You are invited" not in client.get("/teaching").text
    assert client.post(f"/teaching/invitations/{waiting.id}/acceptance").status_code == 404
    assert client.post(f"/teaching/invitations/{waiting.id}/refusal").status_code == 404
    sign_in(client, guest)
    assert "Olive Owner invites you to teach “Soil and water”" in client.get("/teaching").text
    assert client.post(f"/teaching/invitations/{waiting.id}/acceptance").status_code == 303
    assert "You are invited" not in client.get("/teaching").text
    assert len(again(course).people) == 4


def test_who_signs_up_with_an_invited_address_needs_the_link(course: Course, owner: User) -> None:
    with writing():
        services.invite(
            actor_for(owner), course_id=course.id, email="late@example.org", role=CourseRole.OWNER
        )
    late = make_user("Late", email="late@example.org")
    assert queries.invitations_for(late.id) == []


def test_accepting_never_lowers_a_role(course: Course, owner: User) -> None:
    with writing():
        token = services.invite(
            actor_for(owner), course_id=course.id, email="x@example.org", role=CourseRole.ASSISTANT
        )
    found = queries.find_invitation(hash_of(token))
    assert found
    with writing():
        services.accept_invitation(actor_for(owner), invitation_id=found.id)
    assert [one.role for one in again(course).people if one.user_id == owner.id] == [
        CourseRole.OWNER
    ]


@pytest.mark.parametrize("wrong", [{"email": "nonsense"}, {"email": ""}, {"role": "king"}])
def test_invitations_that_cannot_be(
    desk: CheckedClient, course: Course, wrong: dict[str, str]
) -> None:
    assert desk.post("/teaching/soil/invitations", data={**ASK, **wrong}).status_code == 422
    assert queries.list_invitations(course.id) == []


def test_only_owners_invite(client: CheckedClient, course: Course, instructor: User) -> None:
    for user in (make_user(), instructor):
        sign_in(client, user)
        assert client.post("/teaching/soil/invitations", data=ASK).status_code == 403


@both_databases
def test_of_many_answers_at_once_one_counts(app: Flask) -> None:
    owner = make_user("Owner")
    course = make_course(owner=owner)
    with writing():
        token = services.invite(
            actor_for(owner), course_id=course.id, email="x@example.org", role=CourseRole.ASSISTANT
        )
    found = queries.find_invitation(hash_of(token))
    assert found
    guests = [make_user(f"Guest {n}") for n in range(8)]
    refusals = at_once(
        app,
        *(
            partial(services.accept_invitation, actor_for(guest), invitation_id=found.id)
            for guest in guests
        ),
    )
    assert len([refusal for refusal in refusals if isinstance(refusal, InvitationOver)]) == 7
    assert len(again(course).people) == 2
