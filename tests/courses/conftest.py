"""Somebody who teaches, in a browser, with a course."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


@pytest.fixture
def teacher(client: CheckedClient) -> User:
    """A contributor who is signed in."""
    teacher = make_user("Miriam Rao", roles=["contributor"])
    sign_in(client, teacher)
    return teacher


@pytest.fixture
def course(teacher: User) -> Course:
    """A published course of theirs."""
    return make_course(owner=teacher)
