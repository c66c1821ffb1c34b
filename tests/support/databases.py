"""A fresh, migrated database for each test, copied from a template made once a run."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest

from app import config, create_app
from app.core.db import db
from tests.support import postgres, run

TEMPLATE = "lectern_template"


@dataclass(frozen=True)
class Database:
    """One that tests of this process use in turn."""

    kind: str
    url: str

    def reset(self) -> None:
        """Put it back to its empty, migrated state; nobody may be connected."""
        if self.kind == "postgres":
            make_postgres(self.url)
        else:
            make_sqlite(Path(self.url.removeprefix("sqlite:///")))


def make_sqlite(path: Path) -> None:
    """A new migrated SQLite database at `path`."""
    for old in (path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    shutil.copyfile(_sqlite_template(), path)


def make_postgres(url: str) -> None:
    """A new migrated PostgreSQL database at `url`."""
    template = postgres.url(TEMPLATE)
    with run.one_at_a_time("postgres-template"):
        if not postgres.exists(TEMPLATE):
            postgres.create(TEMPLATE + "_new")
            _make_tables(template.replace(TEMPLATE, TEMPLATE + "_new"))
            postgres.rename(TEMPLATE + "_new", TEMPLATE)
    postgres.create(url.partition("@/")[2].partition("?")[0], TEMPLATE)


def settings_for(url: str, instance: Path, **more: str) -> config.Settings:
    """What an application under test is told."""
    environ = {"LECTERN_ENV": "testing", "LECTERN_INSTANCE": str(instance), "DATABASE_URL": url}
    return config.read({**environ, **more})


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """This process's own database, fresh; SQLite unless the test is for both."""
    return fresh(getattr(request, "param", "sqlite"))


def fresh(kind: str) -> Database:
    """This process's own database of that kind, empty and migrated."""
    one = Database(kind, _own_url(kind))
    one.reset()
    return one


def _own_url(kind: str) -> str:
    if kind == "postgres":
        return postgres.url(f"lectern_{run.process_name()}")
    return f"sqlite:///{run.own_folder() / 'lectern.db'}"


def _sqlite_template() -> Path:
    path = run.folder() / "template.db"
    with run.one_at_a_time("sqlite-template"):
        if not path.exists():
            unfinished = path.with_suffix(".new")
            _make_tables(f"sqlite:///{unfinished}")
            unfinished.rename(path)
    return path


def _make_tables(url: str) -> None:
    app = create_app(settings_for(url, run.folder() / "template"))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
