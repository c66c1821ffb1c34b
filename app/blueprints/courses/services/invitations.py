"""Asking people to work in a course.

An invitation goes to an address, and everything is answered alike whether somebody here has that
address or not. Whoever got its link may answer, once.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, update

from app.blueprints.courses.errors import InvitationOver
from app.blueprints.courses.events import InvitedToTeach
from app.blueprints.courses.models import (
    Course,
    CourseInstructor,
    CourseRole,
    InvitationOutcome,
    TeachingInvitation,
)
from app.blueprints.courses.policies import can_manage_course, role_in
from app.blueprints.courses.queries import lock_course, token_of
from app.blueprints.courses.rules.team import higher
from app.core import audit, clock, tokens
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.events import record

GOOD_FOR = timedelta(days=14)


def invite(actor: Actor, *, course_id: int, email: str, role: CourseRole) -> str:
    """Ask whoever has the address to work in the course; return the token of the link.

    A new invitation takes the place of an open one. Raises `NotFound` and `Forbidden`.
    """
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    address = email.strip().lower()
    _end(
        TeachingInvitation.course_id == course.id,
        TeachingInvitation.email == address,
        outcome=InvitationOutcome.REVOKED,
    )
    invitation = TeachingInvitation(
        course_id=course.id,
        email=address,
        role=role,
        seed=tokens.new_seed(),
        invited_by_id=actor.id,
        expires_at=clock.db_now() + GOOD_FOR,
    )
    token = token_of(invitation)
    invitation.token_hash = tokens.hash_of(token)
    db.session.add(invitation)
    db.session.flush()
    audit.record(actor, "course.invited", "course", course.id, email=address, role=role)
    record(InvitedToTeach(invitation.id, course.id, address, actor.id))
    return token


def revoke_invitation(actor: Actor, *, course_id: int, invitation_id: int) -> None:
    """Take an invitation back; raises `NotFound`, `Forbidden` and `InvitationOver`."""
    course = lock_course(course_id)
    if not can_manage_course(actor, course):
        raise Forbidden
    invitation = db.session.get(TeachingInvitation, invitation_id)
    if invitation is None or invitation.course_id != course.id:
        raise NotFound
    _close(invitation, InvitationOutcome.REVOKED)
    audit.record(actor, "course.uninvited", "course", course.id, email=invitation.email)


def accept_invitation(actor: Actor, *, invitation_id: int) -> Course:
    """Join the team as the invitation says, or stay what is more than that.

    The caller has found the invitation by its token, or among those to the actor's own address.
    Raises `NotFound` and `InvitationOver`.
    """
    invitation = _invitation(invitation_id)
    course = lock_course(invitation.course_id)
    _close(invitation, InvitationOutcome.ACCEPTED)
    person = next((one for one in course.people if one.user_id == actor.id), None)
    role = higher(role_in(actor, course), invitation.role)
    if person is None:
        db.session.add(CourseInstructor(course_id=course.id, user_id=actor.id, role=role))
    else:
        person.role = role
    audit.record(actor, "course.joined", "course", course.id, email=invitation.email, role=role)
    return course


def decline_invitation(actor: Actor, *, invitation_id: int) -> None:
    """Say no; raises `NotFound` and `InvitationOver`."""
    invitation = _invitation(invitation_id)
    _close(invitation, InvitationOutcome.DECLINED)
    audit.record(actor, "course.declined", "course", invitation.course_id, email=invitation.email)


def _invitation(invitation_id: int) -> TeachingInvitation:
    invitation = db.session.get(TeachingInvitation, invitation_id)
    if invitation is None:
        raise NotFound
    return invitation


def _close(invitation: TeachingInvitation, outcome: InvitationOutcome) -> None:
    """End the invitation, once: of any number of answers the first one counts."""
    ended = _end(
        TeachingInvitation.id == invitation.id,
        TeachingInvitation.expires_at > clock.db_now(),
        outcome=outcome,
    )
    if not ended:
        raise InvitationOver


def _end(*which: ColumnElement[bool], outcome: InvitationOutcome) -> int:
    statement = (
        update(TeachingInvitation)
        .where(TeachingInvitation.ended_at.is_(None), *which)
        .values(ended_at=clock.db_now(), outcome=outcome)
        .returning(TeachingInvitation.id)
        .execution_options(synchronize_session=False)
    )
    return len(db.session.execute(statement).all())
