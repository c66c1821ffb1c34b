"""An author with a course that is being written."""

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.courses.models import Course
from app.core.actor import Actor
from app.core.db import db, writing
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import CheckedClient


@pytest.fixture
def author(app: Flask) -> Actor:
    """A contributor."""
    return actor_for(make_user("Miriam Rao", roles=["contributor"]))


@pytest.fixture
def course(author: Actor) -> Course:
    """A new course of the author's, with its one empty module."""
    with writing():
        return services.create_course(author, title="Soil and water")


@pytest.fixture
def desk(client: CheckedClient, author: Actor) -> CheckedClient:
    """The author's browser."""
    sign_in(client, db.session.get_one(User, author.id))
    return client
