"""Writes a migration for what has changed in the models: `make migration name="add colours"`.

On a PostgreSQL server of its own, since SQLite renders what PostgreSQL would refuse.
"""

import sys

import flask_migrate

from app import create_app
from app.core.db import migrations
from tests.support import postgres, run
from tests.support.databases import settings_for


def main(name: str) -> None:
    """Bring an empty database to the newest revision; write what is missing to the models."""
    url = postgres.url("lectern_migration")
    postgres.create("lectern_migration")
    app = create_app(settings_for(url, run.folder() / "migration"))
    number = len(list((migrations.FOLDER / "versions").glob("*.py"))) + 1
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.migrate(message=name, rev_id=f"{number:04}")


if __name__ == "__main__":
    run.begin()
    try:
        main(" ".join(sys.argv[1:]) or sys.exit('Say what changes: make migration name="…"'))
    finally:
        postgres.stop()
        run.end()
