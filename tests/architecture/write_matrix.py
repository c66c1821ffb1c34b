"""Writes the table of routes and roles anew: `make matrix`."""

from app import create_app
from app.core.db import db
from tests.architecture import matrix, world
from tests.support import run
from tests.support.client import CheckedClient
from tests.support.databases import fresh, settings_for


def main() -> None:
    """Call everything as everybody, each in a school of their own, and write the table."""
    database = fresh("sqlite")
    app = create_app(settings_for(database.url, run.folder() / "matrix"))
    app.test_client_class = CheckedClient
    columns: dict[str, dict[str, str]] = {}
    listed: list[matrix.Call] = []
    with app.app_context():
        for role in world.ROLES:
            db.session.remove()
            db.engine.dispose()
            database.reset()
            school = world.build()
            columns[role] = matrix.column(app, school, role)
            listed = matrix.calls(app, school)
    matrix.write(listed, columns)


if __name__ == "__main__":
    run.begin()
    try:
        main()
    finally:
        run.end()
