"""Reads of sessions and of what passwords are compared with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.accounts.queries.people import FLAGS
from app.blueprints.accounts.rules.sessions import is_alive, lifetime_of
from app.core import clock
from app.core.actor import Actor
from app.core.db import db


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that still holds, with whose it is."""

    session_id: int
    actor: Actor
    last_seen_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a typed password is compared with."""

    user_id: int
    email: str
    password_hash: str
    is_disabled: bool


def find_live_session(token: str, token_hash: str) -> LiveSession | None:
    """Return the session of this token and its person, in one statement."""
    found = db.session.execute(
        select(
            UserSession.id,
            UserSession.user_id,
            UserSession.created_at,
            UserSession.last_seen_at,
            clock.db_time().label("now"),
            User.display_name,
            User.email,
            *FLAGS.values(),
        )
        .join(User, User.id == UserSession.user_id)
        .where(
            UserSession.token_hash == token_hash,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > clock.db_time(),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    roles = frozenset(role for role in FLAGS if getattr(found, f"is_{role}"))
    life = lifetime_of(is_staff=bool(roles))
    if not is_alive(found.created_at, found.last_seen_at, found.now, life):
        return None
    actor = Actor(found.user_id, found.display_name, found.email, roles, found.id, token)
    return LiveSession(found.id, actor, found.last_seen_at, found.now)


def find_credentials(*, email: str = "", user_id: int = 0) -> Credentials | None:
    """Return what to compare with a password typed for this address or this person."""
    whose = User.id == user_id if user_id else func.lower(User.email) == email.lower()
    found = db.session.execute(
        select(User.id, User.email, User.password_hash, User.disabled_at).where(whose)
    ).one_or_none()
    return Credentials(*found[:3], found.disabled_at is not None) if found else None


def list_sessions(user_id: int) -> list[UserSession]:
    """Return the person's sessions that have not ended, the latest used first."""
    mine = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > clock.db_time(),
    )
    return list(db.session.execute(mine.order_by(UserSession.last_seen_at.desc())).scalars())
