"""Seats that are held: for how long, by whose clock, and who is next."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.blueprints.courses import services as courses
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import OfferOver
from app.blueprints.enrollments.models import Enrollment, WaitlistEntry, WaitlistState
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from tests.enrollments.acts import (
    HOURS,
    ids,
    line,
    offered,
    recorded,
    standing,
    sweep,
    take_offer,
    taken,
    teacher_of,
    wait,
    withdraw,
)
from tests.factories.accounts import actor_for, make_user
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")


@both_databases
def test_an_offer_ends_and_the_next_is_offered_the_seat(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    now = clock.db_now()
    with clock.freeze(now + HOURS - timedelta(minutes=1)):
        sweep()
        assert offered(course) == ids(waiting[0])
    with clock.freeze(now + HOURS + timedelta(minutes=1)):
        sweep()
        assert (offered(course), taken(course)) == (ids(waiting[1]), 2)
        sweep()
        assert offered(course) == ids(waiting[1])
    ended = db.session.execute(select(WaitlistEntry).filter_by(user_id=waiting[0].id)).scalar_one()
    assert ended.state is WaitlistState.EXPIRED


def test_an_offer_that_has_ended_is_never_taken_even_before_the_sweep(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    with clock.freeze(clock.db_now() + HOURS + timedelta(seconds=1)):
        with pytest.raises(OfferOver):
            take_offer(waiting[0], course)
        wait(waiting[0], course)  # and asking for a seat means the end of the line
        assert (offered(course), line(course)) == (ids(waiting[1]), ids(waiting[2], waiting[0]))
        assert taken(course) == 2


def test_an_offer_in_a_deleted_course_ends_once_the_course_is_restored(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    withdraw(seated[0], course)
    with writing():
        courses.delete_course(teacher_of(course), course_id=course.id)
    with clock.freeze(clock.db_now() + HOURS + timedelta(minutes=1)):
        sweep()
        assert (recorded("SeatsToLookAt"), offered(course)) == ([], ids(waiting[0]))
        admin = actor_for(make_user("Ines Cole", roles=["admin"]))
        with writing():
            courses.restore_course(admin, course_id=course.id)
        sweep()
        assert offered(course) == ids(waiting[1])


@pytest.mark.parametrize(
    "night", [datetime(2027, 3, 27, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)]
)
def test_a_night_of_changing_clocks_is_as_long_as_any(
    course: Course, seated: list[Actor], waiting: list[Actor], night: datetime
) -> None:
    with clock.freeze(night):
        withdraw(seated[0], course)
    with clock.freeze(night + HOURS - timedelta(seconds=1)):
        sweep()
        assert offered(course) == ids(waiting[0])
    with clock.freeze(night + HOURS):
        sweep()
        assert offered(course) == ids(waiting[1])


@both_databases
@pytest.mark.parametrize("skew", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_only_the_databases_clock_ends_an_offer(
    course: Course,
    seated: list[Actor],
    waiting: list[Actor],
    skew: timedelta,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Web and worker disagree by twice ten minutes; an offer of one hour lasts one hour."""
    with writing():
        db.session.get_one(Course, course.id).offer_hours = 1
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + skew)
    before = clock.db_now()
    withdraw(seated[0], course)
    entry = queries.find_entry(waiting[0].id, course.id)
    assert entry
    assert entry.offer_ends_at
    assert timedelta(0) <= entry.offer_ends_at - before - timedelta(hours=1) < timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: real() - skew)
    sweep()
    assert offered(course) == ids(waiting[0])


def test_a_seat_that_completion_frees_is_offered_by_the_job(
    course: Course, seated: list[Actor], waiting: list[Actor]
) -> None:
    def complete(actor: Actor) -> None:
        mine = select(Enrollment.id).filter_by(user_id=actor.id, course_id=course.id)
        with writing():
            services.complete(among=mine)
        drain(LocalRunner())

    complete(seated[0])
    assert (offered(course), taken(course)) == ([], 2)
    admission = courses.Admission(completion_frees_seat=True)
    with writing():
        courses.set_admission(teacher_of(course), course_id=course.id, admission=admission)
    drain(LocalRunner())
    assert (offered(course), taken(course)) == (ids(waiting[0]), 2)
    complete(seated[1])
    assert (offered(course), taken(course)) == (ids(*waiting[:2]), 2)
    assert standing(seated[1], course) == "completed/-"
