"""The demonstration school."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseStatus, Subject
from app.blueprints.enrollments.queries import wrong_pools
from app.blueprints.home.cli import classmates, people
from app.core.actor import Actor
from app.core.db import db
from app.core.registries import hooks
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


@pytest.fixture
def imported() -> Iterator[None]:
    """Three courses that the school brings in, in place of what the importer has."""
    before = hooks._filled["demo.courses"]

    def bring_in(actor: Actor) -> list[int]:
        owner = db.session.get_one(User, actor.id)
        found = db.session.execute(select(Course.id)).scalars().all()
        titles = () if found else ("Learning", "Sheets", "Teaching")
        made = [make_course(one, owner=owner, published=False).id for one in titles]
        return [*found, *made]

    hooks._filled["demo.courses"] = {"test": bring_in}
    yield
    hooks._filled["demo.courses"] = before


def test_seeding_twice_makes_it_once(app: Flask, imported: None, client: CheckedClient) -> None:
    for _ in range(2):
        result = app.test_cli_runner().invoke(args=["demo", "seed"], catch_exceptions=False)
        assert "instructor@example.org" in result.output
    db.session.rollback()
    accounts = len(people.PEOPLE)
    assert db.session.execute(select(func.count(User.id))).scalar_one() == accounts + 11
    assert db.session.execute(select(func.count(Subject.id))).scalar_one() > 1
    statuses = db.session.execute(select(Course.status)).scalars().all()
    assert statuses == [CourseStatus.PUBLISHED] * 3
    data = {"email": "admin@example.org", "password": "open the book"}
    assert client.post("/login", data=data).status_code == 303
    assert client.get("/admin").status_code == 200


def test_there_is_life_in_it(app: Flask, imported: None, client: CheckedClient) -> None:
    app.test_cli_runner().invoke(args=["demo", "seed"], catch_exceptions=False)
    _begun, full, asked = db.session.execute(select(Course).order_by(Course.id)).scalars().all()
    assert wrong_pools() == []
    assert (full.seats.taken, full.seats.capacity) == (4, 4)
    client.post("/login", data={"email": "learner@example.org", "password": people.PASSWORD})
    assert "A seat is yours" in client.get(f"/courses/{full.slug}").text
    client.post("/logout")
    client.post("/login", data={"email": "instructor@example.org", "password": people.PASSWORD})
    line = client.get(f"/teaching/{full.slug}/people/waitlist").text
    assert all(name in line for name in ("Amara Okafor", *classmates.WAITING))
    requests = client.get(f"/teaching/{asked.slug}/people/requests").text
    assert all(name in requests for name in classmates.ASKING)
    assert "First group" in client.get(f"/teaching/{asked.slug}/people/cohorts").text


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
