"""Invitations: by e-mail and by link, for so many people and so long, and taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.courses.models import Course, EnrollmentType
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import InvitationOver
from app.blueprints.enrollments.models import Enrollment, Invitation, WaitlistEntry
from app.blueprints.enrollments.rules.outcomes import Outcome
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.errors import NotFound
from app.core.tokens import hash_of
from tests.enrollments.acts import fill, offered, person, standing, taken, teacher_of, withdraw
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.races import at_once

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def course(app: Flask) -> Course:
    return make_course(capacity=2, enrollment_type=EnrollmentType.RESTRICTED)


def link(course: Course, uses: int = 1, good_for: timedelta = timedelta(days=14)) -> Invitation:
    with writing():
        made, token = services.make_link(
            teacher_of(course), course_id=course.id, most_uses=uses, good_for=good_for
        )
    assert hash_of(token) == made.token_hash
    assert token not in (made.seed, made.token_hash)
    return made


def accept(actor: Actor, invitation: Invitation) -> Enrollment | WaitlistEntry:
    with writing():
        return services.accept_invitation(actor, invitation_id=invitation.id)


def used(invitation: Invitation) -> int:
    db.session.rollback()
    statement = select(Invitation.used).filter_by(id=invitation.id)
    return db.session.execute(statement).scalar_one()


def test_a_link_lets_in_as_many_as_it_says(course: Course) -> None:
    invitation = link(course, uses=2)
    first, second = person(), person("Ben Idris")
    for one in (first, first, second):
        assert isinstance(accept(one, invitation), Enrollment)
    assert (used(invitation), taken(course)) == (2, 2)
    with pytest.raises(InvitationOver):
        accept(person("Chi Lam"), invitation)
    withdraw(first, course)
    accept(first, invitation)  # it was theirs
    assert used(invitation) == 2


def test_who_was_taken_out_does_not_walk_back_in_uncounted(course: Course) -> None:
    invitation, learner = link(course), person()
    owner, enrollment = teacher_of(course), accept(learner, invitation)
    with writing():
        services.take_out(owner, course_id=course.id, enrollment_ids=[enrollment.id], reason="No")
    with pytest.raises(InvitationOver):
        accept(learner, invitation)
    assert (standing(learner, course), used(invitation)) == ("withdrawn/-", 1)


@both_databases
def test_of_many_at_once_no_more_get_in_than_it_is_for(app: Flask, course: Course) -> None:
    invitation = link(course, uses=1)
    people = [person(f"Person {n}") for n in range(4)]
    refusals = at_once(
        app,
        *(
            lambda one=one: services.accept_invitation(one, invitation_id=invitation.id)
            for one in people
        ),
    )
    assert sorted(isinstance(one, InvitationOver) for one in refusals) == [False, True, True, True]
    assert (used(invitation), taken(course)) == (1, 1)


def test_an_invitation_to_a_full_course_is_a_place_in_line(course: Course) -> None:
    seated = fill(course, "Ben Idris", "Chi Lam")
    learner = person()
    invitation = link(course)
    accept(learner, invitation)
    accept(learner, invitation)
    assert (standing(learner, course), used(invitation)) == ("pending/waiting", 1)
    withdraw(seated[0], course)
    assert offered(course) == [learner.id]


def test_links_run_out_and_are_taken_back(course: Course) -> None:
    short, revoked = link(course, good_for=timedelta(hours=1)), link(course)
    owner = teacher_of(course)
    assert queries.find_invitation(revoked.token_hash)
    for _ in range(2):
        with writing():
            services.revoke_invitation(owner, course_id=course.id, invitation_id=revoked.id)
    with clock.freeze(clock.db_now() + timedelta(hours=2)):
        for invitation in (short, revoked):
            assert queries.find_invitation(invitation.token_hash) is None
            with pytest.raises(InvitationOver):
                accept(person(), invitation)
    other = make_course()
    with pytest.raises(NotFound), writing():
        services.revoke_invitation(teacher_of(other), course_id=other.id, invitation_id=short.id)


def test_addresses_are_asked_one_by_one(course: Course) -> None:
    owner = teacher_of(course)

    def invite(*emails: str) -> list[Outcome]:
        with writing():
            decided = services.invite(owner, course_id=course.id, emails=emails)
        assert [one.what for one in decided] == list(emails)
        return [one.outcome for one in decided]

    assert invite("Ada@Example.org", "no address") == [Outcome.INVITED, Outcome.UNKNOWN]
    invite("ada@example.org")
    made = db.session.execute(select(Invitation).order_by(Invitation.id)).scalars().all()
    assert [(one.email, one.revoked_at is None) for one in made] == [
        ("ada@example.org", False),
        ("ada@example.org", True),
    ]
    token = services.link_token(made[1])
    found = queries.find_invitation(hash_of(token))
    assert found
    assert found.id == made[1].id


def test_only_those_who_decide_invite(course: Course) -> None:
    with pytest.raises(NotFound), writing():
        services.invite(person(), course_id=course.id, emails=["a@example.org"])
    with pytest.raises(NotFound), writing():
        services.accept_invitation(person(), invitation_id=99)


def test_the_token_is_made_of_the_key_of_this_place(app: Flask, course: Course) -> None:
    invitation = link(course)
    token = services.link_token(invitation)
    key = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another key"
    try:
        assert services.link_token(invitation) != token
    finally:
        app.config["SECRET_KEY"] = key
