"""The people of the demonstration school. Their password is known to everybody."""

from dataclasses import dataclass

import click

from app.blueprints.accounts import queries, services
from app.blueprints.profiles import queries as profiles
from app.blueprints.profiles import services as profile_services
from app.core.actor import SYSTEM, Actor
from app.core.db import writing

PASSWORD = "open the book"  # noqa: S105 (for demonstrations, and refused in production)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration school."""

    kind: str
    email: str
    name: str
    roles: tuple[str, ...] = ()


PEOPLE = (
    Person("learner", "learner@example.org", "Amara Okafor"),
    Person("instructor", "instructor@example.org", "Miriam Rao", ("contributor",)),
    Person("approver", "approver@example.org", "Jun Sato", ("approver",)),
    Person("admin", "admin@example.org", "Tomas Lind", ("admin",)),
)
TRUSTED = "Trusted"


def ensure() -> dict[str, Actor]:
    """Make who is missing; return all by kind. The instructor may publish without a review."""
    for person in PEOPLE:
        if queries.find_user_by_email(person.email) is None:
            _make(person)
    found = {person.kind: queries.find_user_by_email(person.email) for person in PEOPLE}
    return {kind: queries.actor_of(user) for kind, user in found.items() if user}


def show() -> None:
    """Print who can log in, and with what."""
    here = [person for person in PEOPLE if queries.find_user_by_email(person.email)]
    if here:
        click.echo(f"Demonstration accounts, all with the password: {PASSWORD}")
    for person in here:
        click.echo(f"  {person.kind:<11} {person.email}")


def _make(person: Person) -> None:
    password_hash = services.hash_password(PASSWORD)
    with writing():
        user = services.create_user(
            SYSTEM,
            email=person.email,
            display_name=person.name,
            password_hash=password_hash,
            roles=person.roles,
        )
    if "contributor" in person.roles:
        _trust(user.id)


def _trust(user_id: int) -> None:
    trusted = next((tier for tier in profiles.list_tiers() if tier.name == TRUSTED), None)
    if trusted:
        with writing():
            profile_services.choose_tier(SYSTEM, user_id=user_id, tier_id=trusted.id)
