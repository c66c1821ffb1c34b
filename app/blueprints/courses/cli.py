"""Commands about courses; higher floors add theirs to the same group."""

import click
from flask import Blueprint

from app.blueprints.courses.queries import misplaced

bp = Blueprint("courses_cli", __name__, cli_group="courses")
bp.cli.short_help = "Import and check courses."


@bp.cli.command("audit-order")
def audit_order() -> None:
    """Check that modules and lessons are numbered densely from 0; fails where they are not."""
    wrong = misplaced()
    for kind, parent, positions in wrong:
        click.echo(f"{kind} of {parent}: {', '.join(map(str, positions))}")
    if wrong:
        raise SystemExit(1)
    click.echo("Every module and every lesson is in its place.")
