"""Invitations to take part."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Invitation
from app.core import clock
from app.core.db import db


def find_invitation(token_hash: str) -> Invitation | None:
    """Return the invitation of that link, with its course, while it can still be used."""
    return _find(Invitation.token_hash == token_hash)


def find_open_invitation(invitation_id: int) -> Invitation | None:
    """Return the invitation of this number, with its course, while it can still be used."""
    return _find(Invitation.id == invitation_id)


def is_usable() -> ColumnElement[bool]:
    """Return the condition that an invitation has uses left and is neither revoked nor run out."""
    return (
        Invitation.revoked_at.is_(None)
        & (Invitation.used < Invitation.most_uses)
        & (Invitation.expires_at > clock.db_time())
    )


def is_for(user: type[User]) -> ColumnElement[bool]:
    """Return the condition that an invitation went to the address of `user`.

    Addresses are not proved, so one who signs up after the invitation needs its link.
    """
    return (func.lower(user.email) == Invitation.email) & (user.created_at < Invitation.created_at)


def _find(which: ColumnElement[bool]) -> Invitation | None:
    statement = (
        select(Invitation)
        .join(Course, Course.id == Invitation.course_id)
        .options(
            joinedload(Invitation.course).joinedload(Course.seats),
            joinedload(Invitation.invited_by),
            joinedload(Invitation.cohort),
        )
        .where(which, Course.deleted_at.is_(None), is_usable())
    )
    return db.session.execute(statement).scalar_one_or_none()
