"""Sessions after log-in: noting that they are used, ending them, changing the password."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from app.blueprints.accounts.errors import NotKnown
from app.blueprints.accounts.models import LoginEvent, User, UserSession
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound

VISITORS_KEPT = timedelta(days=90)


def touch_session(session_id: int, *, now: datetime) -> None:
    """Note that the session is in use."""
    db.session.execute(
        update(UserSession).where(UserSession.id == session_id).values(last_seen_at=now)
    )


def revoke_session(actor: Actor, *, session_id: int) -> None:
    """End one of the actor's own sessions; raises `NotFound` for any other."""
    mine = select(UserSession).where(UserSession.id == session_id, UserSession.user_id == actor.id)
    session = db.session.execute(mine.with_for_update()).scalar_one_or_none()
    if session is None:
        raise NotFound
    session.revoked_at = session.revoked_at or clock.db_now()
    audit.record(actor, "session.revoked", "user", actor.id, session=session_id)


def revoke_sessions_of(user_id: int, *, but: int | None = None) -> None:
    """End all sessions of a person, perhaps but one."""
    open_ones = update(UserSession).where(
        UserSession.user_id == user_id, UserSession.revoked_at.is_(None)
    )
    if but is not None:
        open_ones = open_ones.where(UserSession.id != but)
    db.session.execute(open_ones.values(revoked_at=clock.db_now()))


def change_password(actor: Actor, *, old_hash: str, new_hash: str) -> None:
    """Keep the new password and end the actor's other sessions.

    `old_hash` is what the current password was compared with; raises `NotKnown` when it has
    changed since.
    """
    mine = select(User).where(User.id == actor.id).with_for_update()
    user = db.session.execute(mine).scalar_one()
    if user.password_hash != old_hash:
        raise NotKnown
    user.password_hash = new_hash
    revoke_sessions_of(actor.id, but=actor.session_id)
    audit.record(actor, "password.changed", "user", actor.id)


def forget_visitors() -> None:
    """Take address and browser off log-ins older than 90 days; drop sessions that ended then."""
    long_ago = clock.db_now() - VISITORS_KEPT
    db.session.execute(
        update(LoginEvent)
        .where(LoginEvent.at < long_ago, LoginEvent.address != "")
        .values(address="", user_agent="")
    )
    db.session.execute(
        update(UserSession)
        .where(UserSession.created_at < long_ago, UserSession.address != "")
        .values(address="")
    )
    ended = or_(UserSession.expires_at < long_ago, UserSession.revoked_at < long_ago)
    db.session.execute(delete(UserSession).where(ended))
