"""Signing up, logging in and out.

A log-in has two halves, since a password is compared outside any transaction: `try_password`
compares, then `log_in` notes how it went and begins the session.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.blueprints.accounts import queries
from app.blueprints.accounts.errors import AddressTaken
from app.blueprints.accounts.models import LoginEvent, LoginOutcome, User, UserSession
from app.blueprints.accounts.rules.people import folded
from app.blueprints.accounts.rules.sessions import lifetime_of
from app.blueprints.accounts.services import hashing
from app.core import attempts, audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.tokens import hash_of

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where somebody comes from: network address and what the browser calls itself."""

    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a typed password compared with the kept one."""

    outcome: LoginOutcome
    visitor: Visitor
    user_id: int | None = None
    password_hash: str = ""
    better_hash: str | None = None
    wait_seconds: int = 0


def sign_up(*, email: str, display_name: str, password_hash: str) -> User:
    """Make an account for oneself; raises `AddressTaken`.

    As long as no mail is sent, a new person must get in at once, so whoever tries to sign up with
    an address learns whether it is known here. We say no more than that, take as long, make them
    pay with a hash, and limit how often they may try.
    """
    user = add_user(email=email, display_name=display_name, password_hash=password_hash)
    audit.record(queries.actor_of(user), "user.signed_up", "user", user.id)
    return user


def add_user(*, email: str, display_name: str, password_hash: str) -> User:
    """Add an account; raises `AddressTaken`. E-mail and name are cleaned, the hash is made."""
    if queries.find_user_by_email(email):
        raise AddressTaken
    user = User(email=email, display_name=display_name, password_hash=password_hash)
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError as error:  # the same address was sent twice at once
        raise AddressTaken from error
    return user


def join(*, email: str, display_name: str, password_hash: str, visitor: Visitor) -> str:
    """Sign up and begin a session; return its token. Raises `AddressTaken`."""
    user = sign_up(email=email, display_name=display_name, password_hash=password_hash)
    return begin_session(user, visitor)


def try_password(*, email: str, password: str, visitor: Visitor) -> Attempt:
    """Compare a typed password with the kept one, in the same time whether or not there is one.

    Counts towards the lock of this address from this place. To be called outside `writing()`.
    """
    pair = ("log-in", folded(email), visitor.address)
    wait = attempts.begin(*pair)
    known = queries.find_credentials(email)
    user_id = known.user_id if known else None
    if wait:
        return Attempt(LoginOutcome.LOCKED, visitor, user_id, wait_seconds=wait)
    if not hashing.verify(known.password_hash if known else None, password) or known is None:
        return Attempt(LoginOutcome.WRONG, visitor, user_id)
    attempts.succeed(*pair)
    if known.is_disabled:
        return Attempt(LoginOutcome.DISABLED, visitor, user_id)
    outdated = hashing.is_outdated(known.password_hash)
    better = hashing.hash_password(password) if outdated else None
    return Attempt(LoginOutcome.SUCCEEDED, visitor, user_id, known.password_hash, better)


def log_in(attempt: Attempt) -> str | None:
    """Note how the attempt went; return the new session's token if it succeeded, else None."""
    user = _still_the_same(attempt)
    outcome = attempt.outcome
    if outcome is LoginOutcome.SUCCEEDED and user is None:
        outcome = LoginOutcome.WRONG  # disabled, or the password changed, since it was compared
    visitor = attempt.visitor
    db.session.add(
        LoginEvent(
            user_id=attempt.user_id,
            outcome=outcome,
            address=visitor.address[:45],
            user_agent=visitor.user_agent[:300],
        )
    )
    if user is None:
        return None
    if attempt.better_hash:
        user.password_hash = attempt.better_hash
    return begin_session(user, visitor)


def begin_session(user: User, visitor: Visitor) -> str:
    """Begin a session of `user` and return its token, which nobody can read again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = clock.db_now()
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=hash_of(token),
            created_at=now,
            last_seen_at=now,
            expires_at=now + lifetime_of(is_staff=bool(user.roles)).absolute,
            address=visitor.address[:45],
            user_agent=visitor.user_agent[:300],
        )
    )
    return token


def log_out(actor: Actor) -> None:
    """End the session that `actor` acts in."""
    mine = select(UserSession).where(UserSession.id == actor.session_id).with_for_update()
    session = db.session.execute(mine).scalar_one_or_none()
    if session and session.revoked_at is None:
        session.revoked_at = clock.db_now()


def _still_the_same(attempt: Attempt) -> User | None:
    if attempt.outcome is not LoginOutcome.SUCCEEDED:
        return None
    theirs = select(User).where(User.id == attempt.user_id).with_for_update()
    user = db.session.execute(theirs).scalar_one_or_none()
    if user is None or user.disabled_at or user.password_hash != attempt.password_hash:
        return None
    return user
