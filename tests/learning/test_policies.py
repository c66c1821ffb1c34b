"""Who reads the lessons, who looks on, and who decides about certificates."""

import pytest

from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.learning import policies
from app.blueprints.learning.errors import NotLearning
from app.core.actor import ANONYMOUS, Actor
from app.core.errors import NotFound
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment

pytestmark = pytest.mark.usefixtures("app")


def test_a_member_learns(learner: Actor, course: Course, enrollment: Enrollment) -> None:
    found = policies.get_learner(learner, get_course(course.id))
    assert (found.enrollment_id, found.is_preview) == (enrollment.id, False)


@pytest.mark.parametrize("standing", [S.PENDING, S.PAUSED, S.WITHDRAWN, S.REJECTED])
def test_others_do_not(course: Course, standing: S) -> None:
    user = make_user("Ben Idris")
    make_enrollment(user, course, standing)
    with pytest.raises(NotLearning):
        policies.get_learner(actor_for(user), get_course(course.id))


@pytest.mark.parametrize("role", list(CourseRole))
def test_those_who_teach_look_on(role: CourseRole) -> None:
    teacher = make_user("Tomas Lind")
    course = get_course(make_course(people=[(teacher, role)]).id)
    assert policies.get_learner(actor_for(teacher), course).is_preview


def test_those_who_review_look_on_and_a_teacher_may_learn(course: Course) -> None:
    approver = actor_for(make_user("Ines Cole", roles=["approver"]))
    assert policies.get_learner(approver, get_course(course.id)).is_preview
    make_enrollment(owner_of(course), course)
    owner = actor_for(owner_of(course))
    assert not policies.get_learner(owner, get_course(course.id)).is_preview


def test_there_is_nothing_to_look_at_in_a_draft() -> None:
    draft = make_course(published=False)
    with pytest.raises(NotFound):
        policies.get_learner(actor_for(owner_of(draft)), get_course(draft.id))


def test_strangers_are_asked_to_log_in_and_owners_revoke(learner: Actor, course: Course) -> None:
    shown = get_course(course.id)
    assert not policies.can_ask_for_lessons(ANONYMOUS, shown)
    assert policies.can_ask_for_lessons(learner, shown)
    assert policies.can_revoke(actor_for(owner_of(course)), shown)
    assert not policies.can_revoke(learner, shown)
