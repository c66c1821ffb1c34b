"""How tables are changed: no row is lost, nothing is left half done, one process at a time."""

import threading
import time

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, String, text

from app.core.db import db, migrations, writing
from app.core.db.migrations import BrokenReferences
from tests.support import both_databases

CHILDREN = """
    CREATE TABLE children (
        id integer PRIMARY KEY,
        parent_id integer NOT NULL REFERENCES parents (id) ON DELETE CASCADE
    )
"""
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def family(app: Flask) -> None:
    """A table, and a child of it whose rows go when theirs does."""
    with writing():
        for statement in (
            "CREATE TABLE parents (id integer PRIMARY KEY, name varchar(10))",
            CHILDREN,
            "INSERT INTO parents VALUES (1, 'Ada')",
            "INSERT INTO children VALUES (1, 1), (2, 1)",
        ):
            db.session.execute(text(statement))


def children() -> int:
    db.session.rollback()
    found: int = db.session.execute(text("SELECT count(*) FROM children")).scalar_one()
    return found


def widen(connection: Connection) -> None:
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("parents", recreate="auto") as batch:
        batch.alter_column("name", type_=String(99))


@both_databases
@pytest.mark.usefixtures("family")
def test_changing_a_table_keeps_the_rows_that_refer_to_it() -> None:
    with migrations.connection() as connection:
        widen(connection)
    assert children() == 2


@pytest.mark.usefixtures("family")
def test_with_references_enforced_the_same_change_would_lose_them() -> None:
    """Why they are off meanwhile; if SQLite ever stops doing this, the care can go."""
    with writing():
        widen(db.session.connection())
    assert children() == 0


@pytest.mark.usefixtures("family")
def test_references_are_enforced_again_afterwards() -> None:
    with migrations.connection() as connection:
        widen(connection)
    assert db.session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    with pytest.raises(Exception, match="FOREIGN KEY"), writing():
        db.session.execute(text("INSERT INTO children VALUES (3, 404)"))


@pytest.mark.usefixtures("family")
def test_a_migration_that_leaves_broken_references_is_taken_back() -> None:
    with (
        pytest.raises(BrokenReferences, match="2 rows, in children"),
        migrations.connection() as connection,
    ):
        connection.execute(text("DELETE FROM parents"))
    assert db.session.execute(text("SELECT count(*) FROM parents")).scalar_one() == 1


@both_databases
@pytest.mark.usefixtures("family")
def test_a_migration_that_fails_in_the_middle_leaves_nothing() -> None:
    def fail() -> None:
        with migrations.connection() as connection:
            widen(connection)
            connection.execute(text("CREATE TABLE half_done (id integer)"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with pytest.raises(Exception, match="half_done"):
        db.session.execute(text("SELECT * FROM half_done"))
    assert children() == 2


@both_databases
def test_two_processes_that_start_at_once_migrate_one_after_the_other(app: Flask) -> None:
    order: list[str] = []

    def migrate() -> None:
        with app.app_context(), migrations.connection():
            order.append("in")
            time.sleep(0.2)
            order.append("out")

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["in", "out"] * 3
