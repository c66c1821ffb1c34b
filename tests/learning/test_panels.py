"""What learning shows on the pages of lower floors."""

from flask import Flask

from app.blueprints.builder import services as builder
from app.blueprints.enrollments import services as enrollments
from app.core.db import writing
from tests.builder.steps import add_lesson, keys_of, write
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient


def test_authors_see_what_publishing_means_for_learners(app: Flask, client: CheckedClient) -> None:
    ines = make_user("Ines Cole", roles=["admin"])
    course = make_course(owner=ines, lessons=3)
    with writing():
        enrollments.enrol(actor_for(make_user("Ada Okafor")), course_id=course.id)
    first, second, _third = keys_of(course)[0][1]
    write(actor_for(ines), course, first, "<p>Rewritten.</p>")
    with writing():
        builder.remove_lesson(actor_for(ines), course_id=course.id, key=second)
    write(actor_for(ines), course, add_lesson(actor_for(ines), course, "New"))
    sign_in(client, ines)
    page = client.get(f"/teaching/{course.slug}/review")
    assert page.status_code == 200
    assert "Get new work" in page.text
    assert "Keep 100%" in page.text
