"""Commands about people, for those who run this place."""

import click
from flask import Blueprint

from app.blueprints.accounts import queries, services
from app.blueprints.accounts.models import StaffRole
from app.blueprints.accounts.rules import passwords, people
from app.core.actor import SYSTEM
from app.core.db import writing
from app.core.errors import DomainError

bp = Blueprint("users", __name__, cli_group="users")
bp.cli.short_help = "Make and mend accounts."

ROLES = click.Choice([role.value for role in StaffRole])
PASSWORD = click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)


@bp.cli.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", "roles", type=ROLES, multiple=True)
@PASSWORD
def create(email: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Make an account, perhaps with staff roles."""
    address, shown = people.clean_email(email), people.clean_name(name)
    if address is None:
        raise click.ClickException("This is not an e-mail address.")
    _refuse(people.problem_with_name(shown))
    _refuse(passwords.problem_with(password, email=address, name=shown))
    password_hash = services.hash_password(password)
    try:
        with writing():
            services.create_user(
                SYSTEM,
                email=address,
                display_name=shown,
                password_hash=password_hash,
                roles=roles,
            )
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{shown} <{address}> can log in.")


@bp.cli.command("password")
@click.option("--email", required=True)
@PASSWORD
def password(email: str, password: str) -> None:
    """Give somebody another password and log them out everywhere."""
    user = queries.find_user_by_email(email)
    if user is None:
        raise click.ClickException("Nobody has this address.")
    _refuse(passwords.problem_with(password, email=user.email, name=user.display_name))
    new_hash = services.hash_password(password)
    with writing():
        services.set_password(SYSTEM, user_id=user.id, new_hash=new_hash)
    click.echo(f"{user.display_name} has another password.")


def _refuse(problem: object) -> None:
    if problem:
        raise click.ClickException(str(problem))
