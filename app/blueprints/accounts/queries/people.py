"""People, as actors and as rows."""

from sqlalchemy import Select, func, select

from app.blueprints.accounts.models import StaffRole, User
from app.blueprints.accounts.rules.people import folded
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.pagination import Page, contains, paginate

FLAGS = {role.value: getattr(User, f"is_{role.value}") for role in StaffRole}


def actor_of(user: User) -> Actor:
    """Return `user` as somebody who acts, outside any session."""
    return Actor(id=user.id, display_name=user.display_name, email=user.email, roles=user.roles)


def find_actor(user_id: int) -> Actor | None:
    """Return the person of this number as jobs act for them; None if gone or disabled."""
    user = db.session.get(User, user_id)
    return actor_of(user) if user and user.disabled_at is None else None


def find_user_by_email(email: str) -> User | None:
    """Return the person with this address, whatever its case."""
    by_email = select(User).where(func.lower(User.email) == folded(email))
    return db.session.execute(by_email).scalar_one_or_none()


def get_user(user_id: int) -> User:
    """Return the person of this number; raises `NotFound`."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_users(*, search: str = "", role: str = "", page: int = 1) -> Page[User]:
    """Return one page of people by name; `role` is a staff role, `learner` or `disabled`."""
    return paginate(_people(search, role).order_by(User.display_name, User.id), page)


def count_users(search: str = "") -> dict[str, int]:
    """Return how many people `list_users` would list for each role, and for none ("")."""
    kinds = ("", *FLAGS, "learner", "disabled")
    numbers = [_people(search, kind).with_only_columns(func.count(User.id)) for kind in kinds]
    counted = db.session.execute(select(*(one.scalar_subquery() for one in numbers))).one()
    return dict(zip(kinds, counted, strict=True))


def _people(search: str, role: str) -> Select[User]:
    people = select(User)
    if search:
        people = people.where(contains(search, User.display_name, User.email))
    if role in FLAGS:
        people = people.where(FLAGS[role].is_(True))
    if role == "learner":
        people = people.where(*(flag.is_(False) for flag in FLAGS.values()))
    if role == "disabled":
        people = people.where(User.disabled_at.is_not(None))
    return people
