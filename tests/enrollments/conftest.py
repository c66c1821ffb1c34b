"""A full course with a line."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.core.actor import Actor
from tests.enrollments.acts import fill, queue
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


@pytest.fixture
def course(app: object) -> Course:
    return make_course(capacity=2)


@pytest.fixture
def seated(course: Course) -> list[Actor]:
    return fill(course, "Ben Idris", "Chi Lam")


@pytest.fixture
def waiting(course: Course, seated: list[Actor]) -> list[Actor]:
    return queue(course, 3)


@pytest.fixture
def user(client: CheckedClient) -> User:
    """Somebody who is logged in."""
    user = make_user()
    sign_in(client, user)
    return user
