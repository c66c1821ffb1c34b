"""The demonstration school: `flask demo seed` and `flask demo accounts`."""

import click
from flask import Blueprint, current_app

from app.blueprints.home.cli import people, school

bp = Blueprint("demo", __name__, cli_group="demo")
bp.cli.short_help = "The demonstration school."


@bp.cli.command("seed")
def seed() -> None:
    """Make the demonstration accounts and courses; what is there already stays as it is."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException("The demonstration accounts have known passwords: not here.")
    actors = people.ensure()
    school.ensure(actors)
    people.show()


@bp.cli.command("accounts")
def accounts() -> None:
    """Show the demonstration accounts, where they are."""
    if not current_app.config["SETTINGS"].is_production:
        people.show()
