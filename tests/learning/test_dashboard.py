"""The dashboard: what needs an answer comes first, then what one waits for, then the courses."""

from datetime import timedelta

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import EnrollmentType
from app.blueprints.enrollments import services
from app.core import clock
from app.core.db import writing
from tests.enrollments.acts import fill, queue, teacher_of, wait, withdraw
from tests.factories.accounts import actor_for
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def fill_the_day(user: User, times: int) -> None:
    """So many of each: an offer, an invitation, a request, a place in a line, a course."""
    me = actor_for(user)
    for number in range(times):
        offered = make_course(f"Offered {number}", capacity=1, offer_hours=2)
        [seated] = fill(offered, "Ben Idris")
        wait(me, offered)
        withdraw(seated, offered)
        busy = make_course(f"Busy {number}", capacity=1)
        fill(busy, "Chi Lam")
        queue(busy, 1)
        wait(me, busy)
        asked = make_course(f"Asked {number}", enrollment_type=EnrollmentType.APPROVAL)
        invited = make_course(f"Invited {number}", is_public=False)
        with writing():
            services.request_place(me, course_id=asked.id)
            services.invite(teacher_of(invited), course_id=invited.id, emails=[user.email])
        make_enrollment(user, make_course(f"Joined {number}"))


@pytest.mark.parametrize("times", [1, 4])
def test_all_of_it_in_order_and_in_eight_statements(
    client: CheckedClient, user: User, times: int
) -> None:
    fill_the_day(user, times)
    with count_sql(at_most=8):
        page = client.get("/learning").text
    last = times - 1
    shown = [f"A seat in “Offered {last}” is yours", f"You are invited to “Invited {last}”"]
    shown += ["those who teach it will decide", "Number 2 of 2 in line", "Ready when you are"]
    places = [page.find(words) for words in shown]
    assert -1 not in places
    assert places == sorted(places)


def test_what_it_shows_can_be_answered(client: CheckedClient, user: User) -> None:
    fill_the_day(user, 1)
    page = client.get("/learning").text
    for action in ("offer/acceptance", "waitlist-place?_method=DELETE", "invitation/acceptance"):
        [address] = [part.split('"')[0] for part in page.split('action="') if action in part[:120]]
        assert client.post(address).status_code in (303, 409)
    page = client.get("/learning").text
    assert "is yours" not in page
    assert "You are invited" not in page


def test_an_offer_that_has_ended_is_shown_no_more(client: CheckedClient, user: User) -> None:
    fill_the_day(user, 1)
    with clock.freeze(clock.db_now() + timedelta(hours=2)):
        page = client.get("/learning").text
    assert "is yours" not in page
    assert "Number 2 of 2" in page
