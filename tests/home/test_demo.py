"""The demonstration school."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseStatus, Subject
from app.core.actor import Actor
from app.core.db import db
from app.core.registries import hooks
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


@pytest.fixture
def imported() -> Iterator[None]:
    """One course that the school brings in, in place of what the importer has."""
    before = hooks._filled["demo.courses"]

    def bring_in(actor: Actor) -> list[int]:
        owner = db.session.get_one(User, actor.id)
        found = db.session.execute(select(Course.id)).scalars().all()
        return list(found) or [make_course("Teaching", owner=owner, published=False).id]

    hooks._filled["demo.courses"] = {"test": bring_in}
    yield
    hooks._filled["demo.courses"] = before


def test_seeding_twice_makes_it_once(app: Flask, imported: None, client: CheckedClient) -> None:
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["demo", "seed"], catch_exceptions=False)
        assert "instructor@example.org" in result.output
    db.session.rollback()
    assert db.session.execute(select(func.count(User.id))).scalar_one() == 4
    assert db.session.execute(select(func.count(Subject.id))).scalar_one() > 1
    course = db.session.execute(select(Course)).scalar_one()
    assert course.status is CourseStatus.PUBLISHED
    data = {"email": "admin@example.org", "password": "open the book"}
    assert client.post("/login", data=data).status_code == 303
    assert client.get("/admin").status_code == 200


def test_it_is_refused_in_production(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, environment="production")
    try:
        seeded = app.test_cli_runner().invoke(args=["demo", "seed"])
        shown = app.test_cli_runner().invoke(args=["demo", "accounts"])
    finally:
        app.config["SETTINGS"] = settings
    assert seeded.exit_code == 1
    assert shown.output == ""
    assert db.session.execute(select(func.count(User.id))).scalar_one() == 0
