"""What is new is told to those who had begun, until they put it away."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseVersion, LessonBody
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.queries import find_enrollment
from app.blueprints.learning import queries
from app.blueprints.learning.queries.news import News
from app.core.actor import Actor
from app.core.db import db
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.learning.steps import Edit, add, do, enrol, lesson_in, remove, rename, republish
from tests.support import both_databases
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

pytestmark = both_databases


def rewrite(key: str) -> Edit:
    """Let a lesson say something else."""

    def edit(version: CourseVersion) -> None:
        body = LessonBody(digest=f"other {key}", blocks="[]", html="<p>New.</p>", text="New.")
        db.session.add(body)
        db.session.flush()
        lesson_in(version, key).body_id = body.id

    return edit


def news(actor: Actor, course: Course) -> News | None:
    db.session.rollback()
    return queries.news_of(queries.find_learner(actor.id, course.id), course.id)


def seen(enrollment: Enrollment) -> int | None:
    db.session.rollback()
    found = find_enrollment(enrollment.user_id, enrollment.course_id)
    assert found
    return found.seen_number


@pytest.fixture
def reader(client: CheckedClient, learner: Actor, enrollment: Enrollment) -> CheckedClient:
    """The learner's browser."""
    sign_in(client, db.session.get_one(User, learner.id))
    return client


def test_the_news_are_what_came_changed_and_went(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    assert news(learner, course) is None
    republish(course, add("n1"), rewrite("l2"), rename("l1", "Otherwise"))
    republish(course, remove("l3"))
    db.session.rollback()
    found = queries.find_learner(learner.id, course.id)
    with count_sql(at_most=1):
        told = queries.news_of(found, course.id)
    assert told is not None
    assert (told.number, told.added) == (3, ("Lesson n1",))
    assert (told.rewritten, told.removed) == (("Lesson 2",), ("Lesson 3",))


def test_nothing_is_news_to_those_who_join_or_stay(
    learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    republish(course, add("n1"), audience="new_learners")
    newcomer = actor_for(make_user("Ben Idris"))
    enrol(newcomer, course)
    assert news(newcomer, course) is None
    assert news(learner, course) is None
    republish(course)
    assert news(learner, course) is not None
    assert news(newcomer, course) is None


def test_they_are_told_on_the_course_page_and_in_the_player_until_put_away(
    reader: CheckedClient, learner: Actor, course: Course, enrollment: Enrollment
) -> None:
    do(learner, course, "l1")
    assert "news-for-you" not in reader.get(f"/learning/{course.slug}/l1").text
    republish(course, add("n1"))
    for page in (f"/courses/{course.slug}", f"/learning/{course.slug}/l1"):
        text = reader.get(page).text
        assert "New in version 2" in text
        assert "1 new lesson:" in text
    form = {"number": "2", "place": "l1"}
    answer = reader.post(f"/learning/{course.slug}/news", data=form)
    assert (answer.status_code, answer.location) == (303, f"/learning/{course.slug}/l1")
    assert seen(enrollment) == 2
    for page in (f"/courses/{course.slug}", f"/learning/{course.slug}/l1"):
        assert "news-for-you" not in reader.get(page).text
    back = reader.post(f"/learning/{course.slug}/news", data={"number": "2"})
    assert back.location == f"/courses/{course.slug}"


def test_putting_away_never_goes_back_nor_ahead(
    reader: CheckedClient, course: Course, enrollment: Enrollment
) -> None:
    republish(course, add("n1"))
    address = f"/learning/{course.slug}/news"
    assert reader.post(address, data={"number": "3"}, headers=PART).text == ""
    assert seen(enrollment) == 1
    reader.post(address, data={"number": "2"}, headers=PART)
    reader.post(address, data={"number": "1"}, headers=PART)
    assert seen(enrollment) == 2
    for wrong in ("", "x", "-1", "9" * 12):
        assert reader.post(address, data={"number": wrong}).status_code == 422


def test_strangers_put_nothing_away(
    client: CheckedClient, course: Course, enrollment: Enrollment
) -> None:
    republish(course, add("n1"))
    address = f"/learning/{course.slug}/news"
    assert client.post(address, data={"number": "2"}).status_code in (303, 401)
    sign_in(client, make_user("A Stranger"))
    client.post(address, data={"number": "2"})
    assert seen(enrollment) == 1
