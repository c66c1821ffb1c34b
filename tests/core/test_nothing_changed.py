"""Whoever saves what is so already has done nothing: the record says nothing of it."""

from collections.abc import Callable

import pytest

from app.blueprints.accounts import services as accounts
from app.blueprints.accounts.models import User
from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course, CourseRole, EnrollmentType
from app.blueprints.courses.services import Admission
from app.core.actor import Actor
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course, make_subject

Act = Callable[[Actor, Course, bool], object]


def let_in(admin: Actor, course: Course, other: bool) -> None:
    way = EnrollmentType.APPROVAL if other else EnrollmentType.OPEN
    admission = Admission(enrollment_type=way)
    courses.set_admission(admin, course_id=course.id, admission=admission)


def give_role(admin: Actor, course: Course, other: bool) -> None:
    role = CourseRole.INSTRUCTOR if other else CourseRole.ASSISTANT
    helper = next(one for one in course.people if one.role is not CourseRole.OWNER)
    courses.set_course_role(admin, course_id=course.id, user_id=helper.user_id, role=role)


def rename(admin: Actor, _course: Course, other: bool) -> None:
    accounts.rename(admin, display_name="Ada King" if other else "Ada Okafor")


def rename_term(admin: Actor, course: Course, other: bool) -> None:
    name = "Music" if other else "Computing"
    courses.rename_term(admin, kind="subjects", term_id=course.subject_id or 0, name=name)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("act", [let_in, give_role, rename, rename_term])
def test_only_what_changes_is_recorded(act: Act) -> None:
    admin = actor_for(make_user("Ada Okafor", roles=["admin"]))
    assistant: User = make_user("Tom")
    course = make_course(people=[(assistant, CourseRole.ASSISTANT)], subject=make_subject())
    recorded = []
    for other in (False, True):
        with writing():
            act(admin, course, other)
        recorded.append(db.session.query(AuditEvent).count())
        followed = db.session.query(OutboxEntry).count()
        assert followed == 0 or other
    assert recorded == [0, 1]
