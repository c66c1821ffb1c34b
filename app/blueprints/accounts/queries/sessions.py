"""Reads of sessions and of what passwords are compared with."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.accounts.queries.people import FLAGS
from app.blueprints.accounts.rules.people import folded
from app.blueprints.accounts.rules.sessions import is_alive, lifetime_of
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, read
from app.core.registries import hooks

_people, _sessions = User.__table__.c, UserSession.__table__.c


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
    password_hash: str
    is_disabled: bool


def find_live_session(token: str, token_hash: str) -> LiveSession | None:
    """Return the session of this token and its person, in one statement."""
    found = read(_live(), {"token_hash": token_hash}).one_or_none()
    if found is None:
        return None
    roles = frozenset(role for role in FLAGS if getattr(found, f"is_{role}"))
    life = lifetime_of(is_staff=bool(roles))
    if found.expires_at <= found.now or not is_alive(
        found.created_at, found.last_seen_at, found.now, life
    ):
        return None
    actor = Actor(
        *(found.user_id, found.display_name, found.email, roles),
        session_id=found.id,
        session_token=token,
        unread=found.unread,
    )
    return LiveSession(found.id, actor, found.last_seen_at, found.now)


def find_credentials(email: str) -> Credentials | None:
    """Return what to compare with a password that is typed for this address."""
    found = db.session.execute(
        select(User.id, User.password_hash, User.disabled_at).where(
            func.lower(User.email) == folded(email)
        )
    ).one_or_none()
    return Credentials(found.id, found.password_hash, bool(found.disabled_at)) if found else None


def list_sessions(user_id: int) -> list[UserSession]:
    """Return the person's sessions that have not ended, the latest used first."""
    mine = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > clock.db_time(),
    )
    return list(db.session.execute(mine.order_by(UserSession.last_seen_at.desc())).scalars())


@cache
def _live() -> Select[*tuple[Any, ...]]:
    """Return what finds a session with its person.

    Sent with every request of a signed-in person, so it is put together once: that was half its
    cost. What higher floors count of a person comes with it, rather than in statements of its own.
    """
    counted = hooks.call("accounts.unread", _people.id)
    return (
        select(
            _sessions.id,
            _sessions.user_id,
            _sessions.created_at,
            _sessions.last_seen_at,
            _sessions.expires_at,
            _people.display_name,
            _people.email,
            *(_people[f"is_{role}"] for role in FLAGS),
            sum(counted, literal(0)).label("unread"),
            clock.db_time().label("now"),
        )
        .join_from(UserSession.__table__, User.__table__)
        .where(
            _sessions.token_hash == bindparam("token_hash"),
            _sessions.revoked_at.is_(None),
            _people.disabled_at.is_(None),
        )
    )
