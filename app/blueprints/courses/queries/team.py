"""Who works in a course, and who is asked to."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, TeachingInvitation
from app.core import clock, tokens
from app.core.db import db

_OPEN = select(TeachingInvitation).where(TeachingInvitation.ended_at.is_(None))


def list_invitations(course_id: int) -> list[TeachingInvitation]:
    """Return the open invitations of a course, the latest first; some may have run out."""
    statement = _OPEN.where(TeachingInvitation.course_id == course_id)
    return list(db.session.execute(statement.order_by(TeachingInvitation.id.desc())).scalars())


def find_invitation(token_hash: str) -> TeachingInvitation | None:
    """Return the invitation of that link, with its course, if it can still be answered."""
    found = _answerable(_OPEN.where(TeachingInvitation.token_hash == token_hash))
    return found[0] if found else None


def find_open_invitation(invitation_id: int) -> TeachingInvitation | None:
    """Return the invitation of this number, with its course, if it can still be answered."""
    found = _answerable(_OPEN.where(TeachingInvitation.id == invitation_id))
    return found[0] if found else None


def token_of(invitation: TeachingInvitation) -> str:
    """Return the token of the invitation's link."""
    return tokens.token_of("courses.invitation", invitation.seed)


def invitations_for(user_id: int) -> list[TeachingInvitation]:
    """Return what waits for an answer of this person, who had the address when it was sent.

    Addresses are not proved, so one who signs up after the invitation needs its link.
    """
    statement = _OPEN.join(
        User,
        (func.lower(User.email) == TeachingInvitation.email)
        & (User.created_at < TeachingInvitation.created_at),
    ).where(User.id == user_id)
    return _answerable(statement)


def _answerable(statement: Select[TeachingInvitation]) -> list[TeachingInvitation]:
    live = statement.join(Course, Course.id == TeachingInvitation.course_id).where(
        TeachingInvitation.expires_at > clock.db_time(), Course.deleted_at.is_(None)
    )
    whole = live.options(
        joinedload(TeachingInvitation.course), joinedload(TeachingInvitation.invited_by)
    )
    return list(db.session.execute(whole.order_by(TeachingInvitation.id)).scalars())
