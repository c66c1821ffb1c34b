"""A learner in a course of four lessons in two modules: l1 and l2, l3 and l4."""

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment
from app.core.actor import Actor
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.learning.steps import enrol
from tests.support.client import CheckedClient


@pytest.fixture
def course(app: Flask) -> Course:
    return make_course(modules=2, lessons=2)


@pytest.fixture
def learner(app: Flask) -> Actor:
    return actor_for(make_user())


@pytest.fixture
def enrollment(learner: Actor, course: Course) -> Enrollment:
    return enrol(learner, course)


@pytest.fixture
def user(client: CheckedClient) -> User:
    user = make_user()
    sign_in(client, user)
    return user
