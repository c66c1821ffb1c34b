"""The end of a course: archived, brought back, deleted."""

from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseStatus, CourseStatusChange
from app.blueprints.courses.queries import find_course
from app.core.db import db
from tests.courses.settings.conftest import again
from tests.factories.accounts import make_user, sign_in
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def test_archiving_and_bringing_back(desk: CheckedClient, course: Course) -> None:
    with count_sql(at_most=10):
        desk.get("/teaching/soil/settings/life")
    archived = desk.post("/teaching/soil/archiving", data={"reason": "The term is over."})
    assert (archived.status_code, archived.location) == (303, "/teaching/soil/settings/life")
    assert again(course).status is CourseStatus.ARCHIVED
    assert "Soil and water" not in desk.get("/courses").text
    assert "This course is over" in desk.get("/courses/soil").text
    assert desk.post("/teaching/soil/archiving").status_code == 409
    assert "Bring it back" in desk.get("/teaching/soil/settings/life").text
    assert desk.delete("/teaching/soil/archiving").status_code == 303
    assert again(course).status is CourseStatus.PUBLISHED
    assert desk.delete("/teaching/soil/archiving").status_code == 409
    steps = [(row.to_status, row.reason) for row in db.session.query(CourseStatusChange)]
    assert steps == [(CourseStatus.ARCHIVED, "The term is over."), (CourseStatus.PUBLISHED, "")]


def test_an_archived_course_takes_nobody_in_and_keeps_who_is_there(
    desk: CheckedClient, course: Course
) -> None:
    learner = make_user("Lea Learner")
    make_enrollment(learner, course)
    desk.post("/teaching/soil/archiving")
    sign_in(desk, make_user())
    assert desk.post("/courses/soil/enrollment").status_code == 409
    sign_in(desk, learner)
    assert desk.get("/learning/soil").status_code in (200, 302, 303)


def test_a_draft_cannot_be_archived(desk: CheckedClient, draft: Course) -> None:
    assert "Archive the course" not in desk.get("/teaching/air/settings/life").text
    assert desk.post("/teaching/air/archiving").status_code == 409


def test_deleting_has_to_be_meant(desk: CheckedClient, course: Course) -> None:
    assert desk.post("/teaching/soil/deletion").status_code == 422
    assert find_course("soil")
    assert desk.post("/teaching/soil/deletion", data={"sure": "y"}).location == "/courses"
    assert find_course("soil") is None


def test_only_owners_end_a_course(
    app: Flask, client: CheckedClient, course: Course, instructor: User
) -> None:
    for user in (make_user(), instructor):
        sign_in(client, user)
        assert client.post("/teaching/soil/archiving").status_code == 403
        assert client.delete("/teaching/soil/archiving").status_code == 403
        assert client.post("/teaching/soil/deletion", data={"sure": "y"}).status_code == 403
    assert "An owner of the course can archive" in client.get("/teaching/soil/settings/life").text
    assert client.post("/teaching/soil/archiving", data={"reason": "x" * 1001}).status_code == 403


def test_a_reason_has_an_end(desk: CheckedClient, course: Course) -> None:
    long = desk.post("/teaching/soil/archiving", data={"reason": "x" * 1001})
    assert long.status_code == 422
    assert again(course).status is CourseStatus.PUBLISHED
