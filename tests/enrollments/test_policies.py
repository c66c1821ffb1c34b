"""Who may see and decide who is in a course."""

from collections.abc import Callable

import pytest

from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import policies
from app.core.actor import ANONYMOUS, Actor
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course

pytestmark = pytest.mark.usefixtures("app")


def test_each_role_may_what_it_needs() -> None:
    people = {role: make_user(f"{role.title()} One") for role in CourseRole}
    made = make_course(people=[(user, role) for role, user in people.items()])
    course = get_course(made.id)
    admin = make_user("Adil Noor", roles=["admin"])
    others = make_user("Ola Berg"), make_user("Ines Cole", roles=["contributor", "approver"])
    actors: dict[str, Actor] = {str(role): actor_for(user) for role, user in people.items()}
    actors |= {"admin": actor_for(admin), "learner": actor_for(others[0])}
    actors |= {"approver": actor_for(others[1]), "stranger": ANONYMOUS}

    def allowed(policy: Callable[[Actor, Course], bool]) -> set[str]:
        return {name for name, actor in actors.items() if policy(actor, course)}

    assert allowed(policies.can_enrol) == set(actors) - {"stranger"}
    assert allowed(policies.can_see_people) == {"owner", "instructor", "assistant", "admin"}
    assert allowed(policies.can_set_capacity) == {"owner", "admin"}


def test_nobody_enrols_in_what_they_may_not_know_of() -> None:
    learner = actor_for(make_user())
    for made in (make_course(published=False), make_course(is_public=False)):
        assert not policies.can_enrol(learner, get_course(made.id))
