"""What administrators change about people, and what people change about themselves."""

from collections.abc import Iterable

from sqlalchemy import select

from app.blueprints.accounts.errors import LastAdmin, NotYourself
from app.blueprints.accounts.models import StaffRole, User
from app.blueprints.accounts.services.door import add_user
from app.blueprints.accounts.services.sessions import revoke_sessions_of
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.registries import hooks


def create_user(
    actor: Actor, *, email: str, display_name: str, password_hash: str, roles: Iterable[str] = ()
) -> User:
    """Make an account for somebody else; raises `Forbidden` or `AddressTaken`."""
    _require_admin(actor)
    user = add_user(email=email, display_name=display_name, password_hash=password_hash)
    audit.record(actor, "user.created", "user", user.id)
    return set_roles(actor, user_id=user.id, roles=roles)


def rename(actor: Actor, *, display_name: str) -> None:
    """Give the actor another display name, already cleaned."""
    user = _lock_user(actor.id)
    if user.display_name != display_name:
        user.display_name = display_name
        audit.record(actor, "user.renamed", "user", actor.id)


def set_roles(actor: Actor, *, user_id: int, roles: Iterable[str]) -> User:
    """Let a person hold exactly these staff roles; raises `Forbidden` or `LastAdmin`.

    They hold from the next request on: roles are read with each one. The floors above are told
    inside this transaction, so that what comes with a role is never missing.
    """
    _require_admin(actor)
    wanted = frozenset(StaffRole(role).value for role in roles)
    admins = _lock_admins()
    user = _lock_user(user_id)
    before = user.roles
    if user.is_admin and StaffRole.ADMIN not in wanted:
        _keep_one(admins, user)
    for role in StaffRole:
        setattr(user, f"is_{role.value}", role.value in wanted)
    if wanted != before:
        hooks.call("accounts.roles_changed", user_id, wanted)
        audit.record(
            actor, "user.roles", "user", user_id, before=sorted(before), after=sorted(wanted)
        )
    return user


def disable_user(actor: Actor, *, user_id: int) -> User:
    """Let a person in no more and end their sessions; raises `Forbidden` or `LastAdmin`."""
    _require_admin(actor)
    if user_id == actor.id:
        raise NotYourself
    admins = _lock_admins()
    user = _lock_user(user_id)
    _keep_one(admins, user)
    if user.disabled_at is None:
        user.disabled_at = clock.db_now()
        revoke_sessions_of(user_id)
        audit.record(actor, "user.disabled", "user", user_id)
    return user


def enable_user(actor: Actor, *, user_id: int) -> User:
    """Let a disabled person in again; raises `Forbidden`."""
    _require_admin(actor)
    user = _lock_user(user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        audit.record(actor, "user.enabled", "user", user_id)
    return user


def end_sessions(actor: Actor, *, user_id: int) -> None:
    """Log a person out everywhere; raises `Forbidden`."""
    _require_admin(actor)
    _lock_user(user_id)
    revoke_sessions_of(user_id)
    audit.record(actor, "user.logged_out", "user", user_id)


def set_password(actor: Actor, *, user_id: int, new_hash: str) -> None:
    """Give a person another password and log them out everywhere; raises `Forbidden`."""
    _require_admin(actor)
    _lock_user(user_id).password_hash = new_hash
    revoke_sessions_of(user_id)
    audit.record(actor, "password.set", "user", user_id)


def _require_admin(actor: Actor) -> None:
    if not actor.is_admin:
        raise Forbidden


def _lock_user(user_id: int) -> User:
    theirs = select(User).where(User.id == user_id).with_for_update()
    user = db.session.execute(theirs).scalar_one_or_none()
    if user is None:
        raise NotFound
    return user


def _lock_admins() -> list[int]:
    """Return who can act as administrator, locked in order so that two removals meet."""
    admins = select(User.id).where(User.is_admin.is_(True), User.disabled_at.is_(None))
    return list(db.session.execute(admins.order_by(User.id).with_for_update()).scalars())


def _keep_one(admins: list[int], user: User) -> None:
    if admins == [user.id]:
        raise LastAdmin
