"""One learner who clicks often, and learners who finish while the course is published anew."""

import pytest
from sqlalchemy import func, select

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.learning.models import Certificate, LessonProgress
from app.core.db import db
from app.core.outbox.models import OutboxEntry
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course
from tests.learning.steps import do, enrol, rename, republish
from tests.load.clients import Answer, together
from tests.load.conftest import LetIn
from tests.support.servers import School

CLICKS = 20
LEARNERS = 24

pytestmark = [pytest.mark.load, pytest.mark.timeout(600)]


def count(model: type[Certificate | LessonProgress], course: Course) -> int:
    rows = select(func.count(model.id)).join(Enrollment, Enrollment.id == model.enrollment_id)
    return db.session.execute(rows.where(Enrollment.course_id == course.id)).scalar_one()


def test_twenty_clicks_on_the_last_lesson_complete_the_course_once(
    school: School, let_in: LetIn
) -> None:
    with school.app.app_context():
        user, course = make_user(), make_course()
        enrol(actor_for(user), course)
        do(actor_for(user), course, "l1")
        hands = let_in(school, [user] * CLICKS)
    page = f"/learning/{course.slug}/l2"
    for hand in hands:
        assert hand.get(page).status == 200

    def press(client: int, _turn: int) -> Answer:
        return hands[client].post(f"{page}/completion", version_number=1)

    assert together(CLICKS, press, times=1).statuses == {303: CLICKS}
    with school.app.app_context():
        assert (count(LessonProgress, course), count(Certificate, course)) == (2, 1)
        told = select(OutboxEntry.payload).filter_by(event_name="CourseCompleted")
        events = [one for one in db.session.execute(told).scalars() if one["user_id"] == user.id]
        assert len(events) <= 1


def test_finishing_and_publishing_at_once_neither_fail_nor_lose_anything(
    school: School, let_in: LetIn
) -> None:
    with school.app.app_context():
        course = make_course(lessons=6)
        users = [make_user(f"Learner {number}") for number in range(LEARNERS)]
        for user in users:
            enrol(actor_for(user), course)
        crowd = let_in(school, users)
    for browser in crowd:
        assert browser.get(f"/learning/{course.slug}/l1").status == 200

    def act(client: int, turn: int) -> Answer:
        if client == 0:
            _publish(school, course, turn)
        address = f"/learning/{course.slug}/l{turn + 1}/completion"
        return crowd[client].post(address, version_number=1)

    assert together(LEARNERS, act, times=6).statuses == {303: 6 * LEARNERS}
    with school.app.app_context():
        done = select(func.count(Enrollment.id)).filter_by(course_id=course.id)
        completed = done.filter_by(status=EnrollmentStatus.COMPLETED)
        assert db.session.execute(completed).scalar_one() == LEARNERS
        made = (count(LessonProgress, course), count(Certificate, course))
        assert made == (6 * LEARNERS, LEARNERS)


def _publish(school: School, course: Course, turn: int) -> None:
    """Publish a version in which one lesson is renamed, and renew everybody's progress."""
    audience = "new_learners" if turn % 2 else "everyone"
    with school.app.app_context():
        republish(course, rename("l1", f"Title {turn}"), audience=audience)
        db.session.remove()
