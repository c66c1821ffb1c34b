"""Commands about seats."""

import click
from flask import Blueprint

from app.blueprints.enrollments import queries

bp = Blueprint("enrollments_cli", __name__, cli_group="enrollments")
bp.cli.short_help = "Check seats."


@bp.cli.command("audit-seats")
def audit_seats() -> None:
    """Compare the seats said to be taken with those that are held; fails where they differ."""
    wrong = queries.wrong_pools()
    for pool_id, slug, cohort, taken, held in wrong:
        where = f"{slug}, {cohort}" if cohort else slug
        click.echo(f"{where} (pool {pool_id}): {taken} said to be taken, {held} held")
    if wrong:
        raise SystemExit(1)
    click.echo("Every pool agrees with its enrolments and offers.")
