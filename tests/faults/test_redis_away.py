"""Redis is away while somebody publishes: the request does not wait, and nothing is lost."""

import time

import pytest
from sqlalchemy import select

from app.blueprints.builder.models import Publication, PublicationState
from app.core.db import db
from tests.builder.steps import keys_of, working, write
from tests.factories.accounts import PASSWORD, actor_for, make_user
from tests.factories.courses import make_course
from tests.load.clients import Browser
from tests.support.redis_server import RedisServer
from tests.support.servers import StartSchool
from tests.support.waiting import wait_until

PUBLICATIONS = 5
# Seconds; a client of Redis that waits its usual time would take four.
LONGEST = 2.0

pytestmark = [pytest.mark.faults, pytest.mark.redis, pytest.mark.timeout(300)]


def states() -> set[PublicationState]:
    """How far the publications are."""
    db.session.rollback()
    return set(db.session.execute(select(Publication.state)).scalars())


def test_publications_asked_for_without_redis_are_all_carried_out(
    start_school: StartSchool, own_redis: RedisServer
) -> None:
    school = start_school(worker=False, REDIS_URL=own_redis.url, RATE_LIMITS="off")
    with school.app.app_context():
        ines = make_user("Ines Cole", roles=["admin"])
        courses = [make_course(f"Course {number}", owner=ines) for number in range(PUBLICATIONS)]
        for course in courses:
            write(actor_for(ines), course, keys_of(course)[0][1][0], "<p>New.</p>")
        revisions = {course.slug: working(course).revision for course in courses}
        browser = Browser(school.url)
        browser.log_in(ines.email, PASSWORD)
        own_redis.stop()
        slowest = 0.0
        for slug, revision in revisions.items():
            browser.get(f"/teaching/{slug}/review")
            answer = browser.post(f"/teaching/{slug}/publication", revision=revision)
            assert answer.status == 202, answer.text
            slowest = max(slowest, answer.seconds)
        browser.close()
        own_redis.start()
        began = time.monotonic()
        for words in (("relay",), ("worker",)):
            school.command(*words)
        db.session.rollback()  # see what the school has written since
        asked_for = db.session.execute(select(Publication.id)).scalars().all()
        assert len(asked_for) == PUBLICATIONS
        wait_until(lambda: states() == {PublicationState.DONE}, 60, "the last publication")
        print(f"slowest request {slowest:.2f} s, all done after {time.monotonic() - began:.1f} s")
    assert slowest < LONGEST
