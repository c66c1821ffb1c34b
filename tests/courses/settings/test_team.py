"""The team of a course: roles, leaving, and an owner always."""

import threading
from functools import partial

import pytest
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses import services
from app.blueprints.courses.errors import LastOwner
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.blueprints.courses.services import team
from app.core.audit import AuditEvent
from app.core.db import db
from app.core.errors import DomainError, Forbidden
from tests.courses.settings.conftest import again
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.races import at_once
from tests.support.sql import count_sql


def roles_of(course: Course) -> dict[str, CourseRole]:
    return {one.user.display_name.split()[0]: one.role for one in again(course).people}


def test_changing_a_role(desk: CheckedClient, course: Course, assistant: User) -> None:
    with count_sql(at_most=10):
        assert "Abel Assistant" in desk.get("/teaching/soil/settings/team").text
    changed = desk.put(f"/teaching/soil/team/{assistant.id}", data={"role": "owner"})
    assert (changed.status_code, changed.location) == (303, "/teaching/soil/settings/team")
    assert roles_of(course)["Abel"] is CourseRole.OWNER
    assert db.session.query(AuditEvent).filter_by(action="course.role").count() == 1
    assert desk.put(f"/teaching/soil/team/{assistant.id}", data={"role": "king"}).status_code == 422
    assert desk.put("/teaching/soil/team/999", data={"role": "owner"}).status_code == 404


def test_the_last_owner_stays(desk: CheckedClient, course: Course, owner: User) -> None:
    address = f"/teaching/soil/team/{owner.id}"
    for refused in (desk.put(address, data={"role": "assistant"}), desk.delete(address)):
        assert refused.status_code == 409
        assert "Make somebody else an owner first" in refused.text
    assert roles_of(course)["Olive"] is CourseRole.OWNER


def test_removing_and_leaving(
    client: CheckedClient, course: Course, owner: User, instructor: User, assistant: User
) -> None:
    sign_in(client, instructor)
    assert client.delete(f"/teaching/soil/team/{assistant.id}").status_code == 403
    assert (
        client.put(f"/teaching/soil/team/{instructor.id}", data={"role": "owner"}).status_code
        == 403
    )
    left = client.delete(f"/teaching/soil/team/{instructor.id}")
    assert (left.status_code, left.location) == (303, "/courses")
    sign_in(client, owner)
    assert client.delete(f"/teaching/soil/team/{assistant.id}").status_code == 303
    assert list(roles_of(course)) == ["Olive"]


def test_strangers_and_assistants(client: CheckedClient, course: Course, assistant: User) -> None:
    stranger = make_user()
    sign_in(client, stranger)
    assert client.get("/teaching/soil/settings/team").status_code == 403
    assert client.delete(f"/teaching/soil/team/{stranger.id}").status_code == 403
    sign_in(client, assistant)
    page = client.get("/teaching/soil/settings/team").text
    assert "Leave" in page
    assert "Invite somebody" not in page


def remove(actor: User, course: Course, person: User) -> None:
    services.remove_from_team(actor_for(actor), course_id=course.id, user_id=person.id)


@both_databases
def test_two_owners_who_remove_each_other_leave_one(app: Flask, rounds: int) -> None:
    one, other = make_user("One"), make_user("Other")
    for _ in range(rounds):
        course = make_course(owner=one, people=[(other, CourseRole.OWNER)])
        refusals: list[DomainError | None] = at_once(
            app,
            partial(remove, one, course, other),
            partial(remove, other, course, one),
        )
        [refusal] = [refusal for refusal in refusals if refusal]
        assert isinstance(refusal, Forbidden)  # who is removed has no say any more
        assert len(again(course).people) == 1


@both_databases
def test_two_owners_who_leave_at_once_leave_one(app: Flask, rounds: int) -> None:
    one, other = make_user("One"), make_user("Other")
    for _ in range(rounds):
        course = make_course(owner=one, people=[(other, CourseRole.OWNER)])
        refusals = at_once(
            app,
            partial(remove, one, course, one),
            partial(remove, other, course, other),
        )
        [refusal] = [refusal for refusal in refusals if refusal]
        assert isinstance(refusal, LastOwner)
        assert len(again(course).people) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_without_the_lock_nobody_is_left(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    both_looked = threading.Barrier(2, timeout=20)

    def look_and_wait(course_id: int) -> Course:
        found = get_course(course_id)
        both_looked.wait()
        return found

    monkeypatch.setattr(team, "lock_course", look_and_wait)
    one, other = make_user("One"), make_user("Other")
    course = make_course(owner=one, people=[(other, CourseRole.OWNER)])
    at_once(app, lambda: remove(one, course, other), lambda: remove(other, course, one))
    assert again(course).people == []
