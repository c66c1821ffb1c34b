"""Runs the migrations, on the application's own database and in one transaction."""

from typing import Any

from alembic import context
from flask import current_app

from app.core.db import db, migrations


def leave_out_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no migration when nothing has changed."""
    if (
        getattr(context.config.cmd_opts, "autogenerate", False)
        and directives[0].upgrade_ops.is_empty()
    ):
        directives.clear()


def run() -> None:
    """Run whatever Alembic was asked for."""
    if context.is_offline_mode():
        raise SystemExit("The migrations look at the database, so they cannot be written as SQL.")
    with migrations.connection() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            process_revision_directives=leave_out_empty,
            **current_app.extensions["migrate"].configure_args,
        )
        context.run_migrations()


run()
