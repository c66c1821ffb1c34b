"""`flask jobs`: what failed for good, and another chance for it."""

import click
from flask.cli import AppGroup

from app.core.actor import SYSTEM
from app.core.db import writing
from app.core.errors import DomainError
from app.core.outbox import queries, services

jobs = AppGroup("jobs", help="Show and retry jobs that failed.")


@jobs.command("failed")
@click.option("--page", default=1, show_default=True)
def failed(page: int) -> None:
    """List the jobs that failed five times, the latest first."""
    found = queries.list_dead(page)
    for entry in found.items:
        click.echo(f"{entry.id}  {entry.dead_at:%Y-%m-%d %H:%M}  {entry.handler}")
        click.echo(f"    {entry.last_error.splitlines()[0]}")
    click.echo(f"{found.total} failed in all (page {found.number} of {found.pages}).")


@jobs.command("retry")
@click.argument("entry_ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Retry every failed job.")
def retry(entry_ids: tuple[int, ...], everything: bool) -> None:
    """Try failed jobs again, by the numbers that `flask jobs failed` shows."""
    if everything:
        with writing():
            click.echo(f"{services.retry_all(SYSTEM)} will be tried again.")
        return
    for entry_id in entry_ids:
        _retry_one(entry_id)


def _retry_one(entry_id: int) -> None:
    try:
        with writing():
            services.retry(SYSTEM, entry_id)
    except DomainError as refusal:
        raise click.ClickException(f"{entry_id}: {refusal}") from refusal
    click.echo(f"{entry_id} will be tried again.")
