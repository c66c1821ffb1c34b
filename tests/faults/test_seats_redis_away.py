"""Redis is away while seats come free: they are held for the right people, and word follows."""

import pytest
from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.core.db import db
from app.core.outbox.models import OutboxEntry
from tests.enrollments.acts import fill, offered, queue
from tests.factories.accounts import session_cookie
from tests.factories.courses import make_course
from tests.load.clients import Browser
from tests.support.redis_server import RedisServer
from tests.support.servers import StartSchool
from tests.support.waiting import wait_until

# Seconds; a client of Redis that waits its usual time would take four.
LONGEST = 2.0

pytestmark = [pytest.mark.faults, pytest.mark.redis, pytest.mark.timeout(300)]


def waiting_words() -> int:
    """How many of those who are offered a seat have not been told yet."""
    db.session.rollback()
    rows = select(OutboxEntry.id).filter_by(event_name="Offered", done_at=None)
    return len(db.session.execute(rows).all())


def test_a_seat_is_held_at_once_and_word_of_it_follows(
    start_school: StartSchool, own_redis: RedisServer
) -> None:
    school = start_school(worker=False, REDIS_URL=own_redis.url, RATE_LIMITS="off")
    with school.app.app_context():
        course = make_course(capacity=2)
        seated, waiting = fill(course, "Ben Idris", "Chi Lam"), queue(course, 3)
        own_redis.stop()
        for one in seated:
            browser = Browser(school.url)
            name, value = session_cookie(school.app, db.session.get_one(User, one.id))
            browser.cookies[name] = value
            browser.get(f"/courses/{course.slug}")
            answer = browser.post(f"/courses/{course.slug}/enrollment", "DELETE")
            browser.close()
            assert (answer.status, answer.seconds < LONGEST) == (303, True)
        assert offered(course) == [one.id for one in waiting[:2]]
        assert waiting_words() > 0
        own_redis.start()
        for command in ("relay", "worker"):
            school.command(command)
        wait_until(lambda: waiting_words() == 0, 60, "the last word of an offer")
        assert offered(course) == [one.id for one in waiting[:2]]
