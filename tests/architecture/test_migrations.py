"""The migrations make the tables that the models describe, and take them away again."""

from collections.abc import Iterator

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Column, Integer, Table, inspect, select, text, update

from app import create_app
from app.blueprints.builder import services
from app.blueprints.courses.models import Lesson
from app.core.db import db, migrations, writing
from tests.builder.steps import add_lesson, write
from tests.factories.accounts import actor_for, make_user
from tests.support import postgres, run
from tests.support.databases import settings_for

# SQLite cannot tell what an index on lower(email) is made of; the run on PostgreSQL compares it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection", "ignore:autogenerate skipping"
)
BOTH = pytest.mark.parametrize(
    "empty", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def empty(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a database that has no tables yet."""
    path = run.own_folder() / "empty.db"
    url = f"sqlite:///{path}"
    if request.param == "postgres":
        name = f"empty_{run.process_name()}"
        url = postgres.url(name)
        postgres.create(name)
    app = create_app(settings_for(url, run.own_folder() / "empty"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    path.unlink(missing_ok=True)


@pytest.mark.slow
@BOTH
def test_up_down_and_up_again(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.check()
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade()
    flask_migrate.check()


@pytest.mark.slow
@BOTH
def test_a_planted_table_is_missed(empty: Flask, caplog: pytest.LogCaptureFixture) -> None:
    flask_migrate.upgrade()
    planted = Table("planted", db.metadata, Column("id", Integer, primary_key=True))
    try:
        with pytest.raises(SystemExit):
            flask_migrate.check()
        assert "planted" in caplog.text
    finally:
        db.metadata.remove(planted)


@pytest.mark.slow
@BOTH
def test_minutes_are_an_author_s_own_where_the_text_tells_others(empty: Flask) -> None:
    flask_migrate.upgrade()
    author = actor_for(make_user(roles=["contributor"]))
    with writing():
        course = services.create_course(author, title="Soil")
    for title, own in (("Clay", None), ("Sand", 2), ("Silt", 4)):
        key = add_lesson(author, course, title)
        write(author, course, key, f"<p>{'word ' * 400}</p>")
        with writing():
            db.session.execute(update(Lesson).filter_by(key=key).values(own_minutes=own))
    add_lesson(author, course, "Peat")
    db.session.remove()
    flask_migrate.downgrade(revision="0011")
    told = text("SELECT title, minutes FROM lessons ORDER BY id")
    with db.engine.connect() as connection:
        before = [tuple(row) for row in connection.execute(told)]
    assert before == [("Clay", 2), ("Sand", 2), ("Silt", 4), ("Peat", 5)]
    flask_migrate.upgrade()
    found = select(Lesson.title, Lesson.own_minutes, Lesson.minutes).order_by(Lesson.id)
    after = [tuple(row) for row in db.session.execute(found)]
    assert after == [("Clay", None, 2), ("Sand", None, 2), ("Silt", 4, 4), ("Peat", None, 5)]


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory(str(migrations.FOLDER)).get_heads()) == 1
