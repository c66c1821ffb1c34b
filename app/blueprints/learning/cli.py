"""Commands about progress."""

import click
from flask import Blueprint

from app.blueprints.courses.queries import find_course
from app.blueprints.learning import services
from app.core.db import writing

bp = Blueprint("learning_cli", __name__, cli_group="learning")
bp.cli.short_help = "Renew progress."


@bp.cli.command("recompute")
@click.argument("slug")
def recompute(slug: str) -> None:
    """Compute the progress of everybody in the course at SLUG anew."""
    course = find_course(slug)
    if course is None:
        raise click.ClickException(f"there is no course {slug}")
    last: int | None = 0
    while last is not None:
        with writing():
            last = services.recompute_batch(course_id=course.id, after=last)
    click.echo(f"Progress in {slug} is up to date.")
