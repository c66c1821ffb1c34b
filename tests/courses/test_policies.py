"""Who may see, read, change and decide about a course: every role against every state."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.blueprints.courses import policies, queries
from app.blueprints.courses.models import Course, CourseRole, CourseStatus
from app.blueprints.enrollments.models import EnrollmentStatus
from app.core import clock
from app.core.actor import ANONYMOUS, Actor
from app.core.errors import NotFound
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_asset, make_course
from tests.factories.enrollments import make_enrollment

EVERYBODY = [
    *("nobody", "learner", "member", "withdrawn", "other contributor"),
    *("owner", "instructor", "assistant", "approver", "admin"),
]
TEAM = {"owner", "instructor", "assistant", "admin"}
INSIDE = {*TEAM, "approver", "member"}

Cast = tuple[Course, dict[str, Actor]]


@pytest.fixture
def cast(app: Flask) -> Callable[..., Cast]:
    """A course in the wanted state, and one person of each kind."""

    def make(**fields: Any) -> Cast:
        roles = {role.value: make_user() for role in CourseRole}
        people = [(roles["instructor"], CourseRole.INSTRUCTOR)]
        people.append((roles["assistant"], CourseRole.ASSISTANT))
        course = make_course(owner=roles["owner"], people=people, **fields)
        roles |= {"member": make_user(), "withdrawn": make_user(), "learner": make_user()}
        make_enrollment(roles["member"], course, EnrollmentStatus.COMPLETED)
        make_enrollment(roles["withdrawn"], course, EnrollmentStatus.WITHDRAWN)
        roles["other contributor"] = make_user(roles=["contributor"])
        roles |= {name: make_user(roles=[name]) for name in ("approver", "admin")}
        actors = {name: actor_for(user) for name, user in roles.items()}
        return course, {"nobody": ANONYMOUS, **actors}

    return make


def allowed(cast: Cast, policy: Callable[[Actor, Course], bool]) -> set[str]:
    """The kinds of people whom `policy` lets do it."""
    course, actors = cast
    found = queries.find_course(course.slug) or course
    return {name for name in EVERYBODY if policy(actors[name], found)}


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({}, set(EVERYBODY)),
        ({"status": CourseStatus.ARCHIVED}, set(EVERYBODY)),
        ({"is_public": False}, INSIDE),
        ({"published": False}, INSIDE),
        ({"published": False, "status": CourseStatus.REVIEW}, INSIDE),
        ({"deleted_at": clock.now()}, set()),
    ],
)
def test_who_may_know_of_a_course(
    cast: Callable[..., Cast], fields: dict[str, Any], seen_by: set[str]
) -> None:
    assert allowed(cast(**fields), policies.can_view_course) == seen_by


def test_who_may_do_what_in_a_course(cast: Callable[..., Cast]) -> None:
    one = cast()
    assert allowed(one, policies.can_read_content) == INSIDE
    assert allowed(one, policies.can_teach) == TEAM
    assert allowed(one, policies.can_edit_course) == {"owner", "instructor", "admin"}
    assert allowed(one, policies.can_manage_course) == {"owner", "admin"}
    assert allowed(one, policies.can_review_course) == {"approver", "admin"}


def test_what_may_not_be_known_of_is_not_there(cast: Callable[..., Cast]) -> None:
    course, actors = cast(published=False)
    assert policies.get_visible_course(actors["owner"], course.slug).id == course.id
    for name in ("nobody", "learner", "other contributor"):
        with pytest.raises(NotFound):
            policies.get_visible_course(actors[name], course.slug)


def test_files_are_for_those_who_may_read_the_lessons(cast: Callable[..., Cast]) -> None:
    course, actors = cast()
    asset = make_asset(course)
    readers = set()
    for name in EVERYBODY:
        try:
            policies.get_readable_asset(actors[name], asset.public_id)
        except NotFound:
            continue
        readers.add(name)
    assert readers == INSIDE
