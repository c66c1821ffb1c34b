"""A published course with an owner, an instructor and an assistant, and a draft of the owner's."""

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


@pytest.fixture
def owner(app: Flask) -> User:
    return make_user("Olive Owner", roles=["contributor"])


@pytest.fixture
def instructor(app: Flask) -> User:
    return make_user("Ines Instructor")


@pytest.fixture
def assistant(app: Flask) -> User:
    return make_user("Abel Assistant")


@pytest.fixture
def course(owner: User, instructor: User, assistant: User) -> Course:
    people = [(instructor, CourseRole.INSTRUCTOR), (assistant, CourseRole.ASSISTANT)]
    return make_course("Soil and water", owner=owner, people=people, slug="soil")


@pytest.fixture
def draft(owner: User, instructor: User) -> Course:
    people = [(instructor, CourseRole.INSTRUCTOR)]
    return make_course("Air", owner=owner, people=people, slug="air", published=False)


@pytest.fixture
def desk(client: CheckedClient, owner: User) -> CheckedClient:
    """The owner's browser."""
    sign_in(client, owner)
    return client


def again(course: Course) -> Course:
    """The course as the database has it now."""
    return get_course(course.id)
