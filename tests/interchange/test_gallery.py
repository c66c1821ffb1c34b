"""The templates that come with Lectern."""

import re

import pytest
from flask import Flask

from app.blueprints.builder.queries import list_templates
from app.blueprints.courses import services as courses
from app.blueprints.courses.queries import find_course, outline, shown_in_builder
from app.blueprints.interchange import services
from app.core.actor import SYSTEM
from app.core.db import writing
from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient

TITLES = ["A four-week course", "Onboarding for a new team", "Workshop in a day"]


@pytest.fixture
def installed(app: Flask) -> Flask:
    """An application with the gallery."""
    done = app.test_cli_runner().invoke(args=["courses", "install-templates"])
    assert done.exit_code == 0, done.output
    return app


def test_they_are_there_for_everybody_and_made_once(
    installed: Flask, client: CheckedClient
) -> None:
    contributor = make_user(roles=["contributor"])
    assert [one.title for one in list_templates(contributor.id)] == TITLES
    again = installed.test_cli_runner().invoke(args=["courses", "install-templates"])
    assert again.output == ""
    sign_in(client, contributor)
    for title in TITLES:
        assert title in client.get("/teaching/courses/new").text
    page = client.get("/teaching/templates/template-workshop-in-a-day").text
    assert "The plan of the day" in page


def test_one_that_was_deleted_stays_away(installed: Flask) -> None:
    course = find_course("template-workshop-in-a-day")
    assert course is not None
    with writing():
        courses.delete_course(SYSTEM, course_id=course.id)
    assert services.missing_templates() == []


def test_each_tells_how_to_write_its_lessons(installed: Flask) -> None:
    for card in list_templates(0):
        course = find_course(card.slug)
        assert course is not None
        found = outline(shown_in_builder(course))
        assert len(found.modules) >= 3
        assert len(found.lessons) >= 8
        assert all(re.search(r"\w", lesson.title) for lesson in found.lessons.values())
        assert all(lesson.minutes > 0 for lesson in found.lessons.values())
