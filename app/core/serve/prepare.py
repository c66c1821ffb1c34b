"""What must be true before the first request: the tables are there, a new school is not empty."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from sqlalchemy import inspect

from app.config import Settings
from app.core.db import db


def prepare_database() -> None:
    """Create or migrate the tables; fill a database that had none with the demonstration school.

    Every new school gets the templates that come with Lectern. Being cut off while filling is made
    good at the next start: a note lies in the instance folder until it is done, and filling again
    is safe.
    """
    unfinished = Path(current_app.instance_path) / "demo-unfinished"
    settings: Settings = current_app.config["SETTINGS"]
    if _is_empty():
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
    flask_migrate.upgrade()
    if not unfinished.exists():
        return
    if not settings.is_production:
        click.echo("Filling the new school with a small demonstration …")
    with redirect_stdout(StringIO()):  # the accounts are shown when all is running
        run_command("courses", "install-templates")
        if not settings.is_production:
            run_command("demo", "seed")
    unfinished.unlink()


def run_command(*words: str) -> None:
    """Run one of the application's own commands in this process, if it has it."""
    command: click.Command | None = current_app.cli
    for word in words:
        command = command.commands.get(word) if isinstance(command, click.Group) else None
    if command is not None:
        command.main([], standalone_mode=False)


def _is_empty() -> bool:
    return not inspect(db.engine).has_table("alembic_version")
