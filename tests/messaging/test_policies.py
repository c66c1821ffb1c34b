"""To whom mail may still be sent: what they are now decides, not what they were."""

import pytest

from app.blueprints.courses.models import CourseRole
from app.blueprints.messaging.policies import may_be_told
from app.blueprints.messaging.rules.kind import Audience
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course

pytestmark = pytest.mark.usefixtures("app")


def test_mail_is_for_those_whom_it_still_concerns() -> None:
    teacher, helper, approver, stranger = (
        make_user(name, roles=roles)
        for name, roles in (("Eve", ()), ("Hal", ()), ("Jun", ("approver",)), ("Ben", ()))
    )
    course = make_course(people=[(teacher, CourseRole.INSTRUCTOR), (helper, CourseRole.ASSISTANT)])
    expected = {
        Audience.ANYBODY: {teacher, helper, approver, stranger},
        Audience.DECIDER: {teacher},
        Audience.EDITOR: {teacher},
        Audience.APPROVER: {approver},
    }
    for audience, those in expected.items():
        people = (teacher, helper, approver, stranger)
        told = {one for one in people if may_be_told(actor_for(one), audience, course)}
        assert told == those, audience
    assert not may_be_told(actor_for(teacher), Audience.EDITOR, None)
