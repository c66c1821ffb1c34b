"""Lists of people: what comes of each is decided in order, shown, and done in one go or not."""

import time

import pytest
from sqlalchemy import insert

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import get_course
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.errors import ListOutdated
from app.blueprints.enrollments.models import Enrollment, Invitation
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.models import WaitlistState as W
from app.blueprints.enrollments.rules.arrivals import (
    Arrival,
    Known,
    Listed,
    Room,
    decide,
    fingerprint,
)
from app.core import clock
from app.core.db import db, writing
from tests.enrollments.acts import line, queue, taken, teacher_of
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support.sql import count_sql

A = Arrival


def outcome(known: Known, *, free: int | None = 5, waitlist: bool = True, cohort: str = "") -> A:
    room = Room(free, waitlist, {"spring": 7, "autumn": 8}, {7: 1, 8: 0})
    [found] = decide([Listed("a@example.org", cohort)], {"a@example.org": known}, room)
    return found


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(), A.INVITE),
        (Known(is_asked=True), A.ASKED),
        (Known(1), A.SEAT),
        (Known(1, is_shut_out=True), A.SHUT_OUT),
        (Known(1, status=S.ENROLLED), A.THERE),
        (Known(1, status=S.COMPLETED), A.THERE),
        (Known(1, status=S.PENDING), A.SEAT),
        (Known(1, status=S.WITHDRAWN), A.SEAT),
        (Known(1, line=W.WAITING), A.WAITS),
        (Known(1, line=W.OFFERED), A.HELD),
    ],
)
def test_what_comes_of_one(known: Known, expected: A) -> None:
    assert outcome(known) is expected


def test_seats_and_cohorts() -> None:
    assert outcome(Known(1), free=0) is A.QUEUE
    assert outcome(Known(1), free=0, waitlist=False) is A.FULL
    assert outcome(Known(1), cohort="SPRING") is A.SEAT
    assert outcome(Known(1), cohort="autumn") is A.QUEUE
    assert outcome(Known(1), cohort="winter") is A.NO_COHORT
    member = Known(1, status=S.ENROLLED, holds_seat=True)
    assert outcome(member, cohort="spring") is A.MOVE
    assert outcome(member, cohort="autumn") is A.COHORT_FULL
    assert outcome(Known(1, status=S.ENROLLED, cohort_id=7), cohort="spring") is A.THERE


def test_seats_go_in_the_order_of_the_list_and_nobody_passes_who_waits() -> None:
    people = {f"{n}@example.org": Known(n) for n in range(1, 5)}
    listed = [Listed(email) for email in people]
    assert decide(listed, people, Room(2, True, {}, {})) == [A.SEAT, A.SEAT, A.QUEUE, A.QUEUE]
    assert decide(listed, people, Room(9, True, {}, {}, {None})) == [A.QUEUE] * 4


def test_the_fingerprint_is_of_all_that_is_to_be_done() -> None:
    one, other = [Listed("a@example.org")], [Listed("b@example.org")]
    words = {fingerprint(one, [A.SEAT]), fingerprint(one, [A.QUEUE]), fingerprint(other, [A.SEAT])}
    assert len(words) == 3


def bring(course: Course, listed: list[Listed], expected: str | None = None) -> list[A]:
    db.session.rollback()
    fresh = get_course(course.id)
    shown = services.look_ahead(fresh, queries.list_cohorts(course.id), listed)
    word = fingerprint(listed, shown) if expected is None else expected
    with writing():
        return services.bring_in(
            teacher_of(course), course_id=course.id, listed=listed, expected=word
        )


@pytest.mark.usefixtures("app")
class TestBringing:
    """On a database."""

    def test_everything_at_once(self) -> None:
        course = make_course(capacity=4)
        teacher = teacher_of(course)
        with writing():
            for name in ("Spring", "Autumn"):
                plan = services.CohortPlan(name, capacity=3)
                services.add_cohort(teacher, course_id=course.id, plan=plan)
        there = make_user("There", email="there@example.org")
        left = make_user("Left", email="left@example.org")
        new = make_user("New", email="new@example.org")
        last = make_user("Last", email="last@example.org")
        make_enrollment(there, course)
        make_enrollment(left, course, S.WITHDRAWN)
        make_enrollment(make_user("Other"), course)
        emails = ["there", "left", "new", "last", "nobody"]
        listed = [Listed(f"{one}@example.org", "spring") for one in emails]
        done = bring(course, listed)
        assert done == [A.MOVE, A.SEAT, A.SEAT, A.QUEUE, A.INVITE]
        assert taken(course) == 4
        assert line(course) == [last.id]
        found = queries.find_enrollment(new.id, course.id)
        assert found
        assert (found.status, found.holds_seat) == (S.ENROLLED, True)
        assert db.session.query(Invitation).one().email == "nobody@example.org"
        again = bring(course, listed)
        assert again == [A.THERE, A.THERE, A.THERE, A.WAITS, A.ASKED]
        assert taken(course) == 4
        assert db.session.query(Invitation).count() == 1
        assert left.id != there.id

    def test_what_is_not_as_it_was_shown_is_not_done(self) -> None:
        course = make_course(capacity=2)
        listed = [Listed(make_user(f"P{n}", email=f"p{n}@example.org").email) for n in range(2)]
        shown = fingerprint(listed, [A.SEAT, A.SEAT])
        make_enrollment(make_user("Faster"), course)
        with pytest.raises(ListOutdated):
            bring(course, listed, shown)
        assert taken(course) == 1
        assert db.session.query(Enrollment).count() == 1

    def test_who_waits_is_not_passed_and_an_offer_is_taken(self) -> None:
        course = make_course(capacity=1)
        make_enrollment(make_user("Seated"), course)
        waits, _later = queue(course, 2)
        with writing():
            services.set_capacity(teacher_of(course), course_id=course.id, capacity=2)
        newcomer = make_user("New", email="new@example.org")
        listed = [Listed(newcomer.email), Listed(waits.email)]
        assert bring(course, listed) == [A.QUEUE, A.HELD]
        assert taken(course) == 2

    @pytest.mark.parametrize("number", [10, 200])
    def test_more_people_are_no_more_statements(self, number: int) -> None:
        course = make_course(capacity=number)
        make_people(number)
        listed = [Listed(f"m{n}@example.org") for n in range(2 * number)]
        db.session.rollback()
        with count_sql() as sent:
            bring(course, listed)
        # SQLite is sent each new row by itself, which costs it nothing.
        others = [text for text in sent.texts if not text.startswith("INSERT")]
        assert len(others) <= 20, str(sent)

    @pytest.mark.parametrize("number", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
    def test_a_long_list_is_written_before_anybody_is_turned_away(self, number: int) -> None:
        """Others wait five seconds for the database at most."""
        course = make_course(capacity=number * 4 // 10)
        make_people(number // 2)
        listed = [Listed(f"m{n}@example.org") for n in range(number)]
        began = time.process_time()
        done = bring(course, listed)
        assert time.process_time() - began < 5 * number / 10_000 + 1
        kinds = (A.SEAT, A.QUEUE, A.INVITE)
        assert [done.count(one) for one in kinds] == [number * n // 10 for n in (4, 1, 5)]
        assert taken(course) == number * 4 // 10


def make_people(number: int) -> None:
    """Accounts m0@example.org and so on, in one statement."""
    now = clock.now()
    rows = [
        {
            "email": f"m{n}@example.org",
            "display_name": f"Person {n}",
            "password_hash": "x",
            "created_at": now,
            "updated_at": now,
        }
        for n in range(number)
    ]
    with writing():
        db.session.execute(insert(User), rows)
