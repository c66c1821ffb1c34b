"""A full course with a line."""

import pytest

from app.blueprints.courses.models import Course
from app.core.actor import Actor
from tests.enrollments.acts import fill, queue
from tests.factories.courses import make_course


@pytest.fixture
def course(app: object) -> Course:
    return make_course(capacity=2)


@pytest.fixture
def seated(course: Course) -> list[Actor]:
    return fill(course, "Ben Idris", "Chi Lam")


@pytest.fixture
def waiting(course: Course, seated: list[Actor]) -> list[Actor]:
    return queue(course, 3)
