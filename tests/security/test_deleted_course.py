"""A deleted course is nowhere, not even in the lists of those who may see everything."""

import re

import pytest
from flask import Flask

from app.blueprints.builder.models import ReviewRequest
from app.blueprints.courses.models import Course
from app.core import clock
from app.core.db import db, writing
from tests.architecture.matrix import calls
from tests.architecture.world import World, build
from tests.factories.accounts import sign_in


@pytest.fixture
def world(app: Flask) -> World:
    """The small school, its published course with a request for review, and both deleted."""
    world = build()
    with writing():
        for course in db.session.query(Course):
            course.deleted_at = clock.now()
    return world


@pytest.mark.parametrize("role", ["owner", "enrolled", "approver", "admin", "anonymous"])
def test_no_address_below_a_deleted_course_answers(app: Flask, world: World, role: str) -> None:
    client = app.test_client()
    if role != "anonymous":
        sign_in(client, world.people[role])
    below = re.compile("<slug>|<asset>|<int:request_id>|<int:publication_id>")
    for call in calls(app, world):
        is_below = below.search(call.name) and "/library/" not in call.name
        if is_below and "covers" not in call.path:
            status = client.open(call.path, method=call.method).status_code
            is_hidden = status == 404 or (
                call.path.startswith("/review") and status in (303, 401, 403)
            )
            assert is_hidden, f"{call.name} answers {role} with {status}"


def test_deleted_courses_wait_for_no_review(app: Flask, world: World) -> None:
    assert db.session.query(ReviewRequest).count() == 1
    client = app.test_client()
    sign_in(client, world.people["approver"])
    assert "Draft" not in client.get("/review").text
    assert "waits for" not in client.get("/teaching").text
