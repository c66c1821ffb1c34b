"""What must be true before the first request: the tables are there, a new school is not empty."""

from pathlib import Path

import click
import flask_migrate
from flask import current_app
from sqlalchemy import inspect

from app.core.db import db


def prepare_database() -> None:
    """Create or migrate the tables; fill a database that had none with the demonstration school.

    Being cut off while filling is made good at the next start: a note lies in the instance folder
    until it is done, and filling again is safe.
    """
    unfinished = Path(current_app.instance_path) / "demo-unfinished"
    if _is_empty():
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
    flask_migrate.upgrade()
    if unfinished.exists():
        click.echo("Filling the new school with a small demonstration …")
        run_command("demo", "seed")
        unfinished.unlink()


def run_command(*words: str) -> bool:
    """Run one of the application's own commands in this process. False when there is none such."""
    command: click.Command | None = current_app.cli
    for word in words:
        command = command.commands.get(word) if isinstance(command, click.Group) else None
    if command is None:
        return False
    command.main([], standalone_mode=False)
    return True


def _is_empty() -> bool:
    return not inspect(db.engine).has_table("alembic_version")
