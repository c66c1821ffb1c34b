"""Many learners, few seats, over HTTP, four processes: never one seat too many or too few, and the
line strictly in order.
"""

from collections import Counter
from collections.abc import Iterable

import pytest
from sqlalchemy import func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments import jobs, queries
from app.blueprints.enrollments.models import Enrollment, WaitlistEntry, WaitlistState
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from tests.factories.accounts import make_user
from tests.factories.courses import make_course, owner_of
from tests.load.clients import Answer, Browser, Tally, together
from tests.load.conftest import LetIn
from tests.support.servers import School, StartSchool

LEARNERS = 200
SEATS = 20
LEAVING, ARRIVING, SWEEPING = 20, 40, 5
CLICKS = 20
CAPACITIES = (10, 30, 20, 60, 1)
NAIVE = "tests.support.naive_seats:app"

pytestmark = [pytest.mark.load, pytest.mark.timeout(900)]
on_both = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)


def people(school: School, number: int, name: str = "Learner") -> list[User]:
    with school.app.app_context():
        return [make_user(f"{name} {n}") for n in range(number)]


def new_course(school: School, capacity: int = SEATS) -> Course:
    with school.app.app_context():
        return make_course(capacity=capacity)


def open_page(crowd: Iterable[Browser], course: Course) -> None:
    """Everybody opens the course, so that each has a form to send."""
    for browser in crowd:
        assert browser.get(f"/courses/{course.slug}").status == 200


def race(crowd: list[Browser], course: Course) -> Tally:
    """All press the button at one moment."""
    open_page(crowd, course)

    def press(client: int, _round: int) -> Answer:
        return crowd[client].post(f"/courses/{course.slug}/enrollment")

    return together(len(crowd), press, times=1)


def seated(school: School, course: Course) -> tuple[int, int]:
    """How many hold a seat, and how many seats are said to be taken."""
    with school.app.app_context():
        held = select(func.count(Enrollment.id)).filter_by(course_id=course.id, holds_seat=True)
        taken = select(SeatPool.taken).filter_by(id=course.seat_pool_id)
        return db.session.execute(held).scalar_one(), db.session.execute(taken).scalar_one()


def line(school: School, course: Course, *states: WaitlistState) -> list[int]:
    """Who is in these states, in the order of the line."""
    statement = (
        select(WaitlistEntry.user_id)
        .where(WaitlistEntry.course_id == course.id, WaitlistEntry.state.in_(states))
        .order_by(WaitlistEntry.priority, WaitlistEntry.ticket)
    )
    with school.app.app_context():
        return list(db.session.execute(statement).scalars())


def agrees(school: School) -> bool:
    """Whether every pool says what a recount says."""
    with school.app.app_context():
        return queries.wrong_pools() == []


def test_exactly_the_seats_are_given_and_the_others_wait_in_order(
    school: School, let_in: LetIn, rounds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    users = people(school, LEARNERS)
    crowd = let_in(school, users)
    for _ in range(max(1, rounds // 4)):
        course = new_course(school)
        tally = race(crowd, course)
        with capsys.disabled():
            print(
                f"\n{school.app.config['SQLALCHEMY_DATABASE_URI'].partition(':')[0]}: "
                f"{LEARNERS} learners, {SEATS} seats: {dict(tally.statuses)}, "
                f"p50 {tally.percentile(0.5):.0f} ms, p95 {tally.percentile(0.95):.0f} ms"
            )
        assert tally.statuses == {303: LEARNERS}
        assert seated(school, course) == (SEATS, SEATS)
        waiting = line(school, course, WaitlistState.WAITING)
        assert len(waiting) == len(set(waiting)) == LEARNERS - SEATS
        assert agrees(school)


def test_who_leaves_makes_room_for_the_first_in_line_and_nobody_else(
    school: School, let_in: LetIn, rounds: int
) -> None:
    for _ in range(max(1, rounds // 4)):
        course, first = full_course(school)
        assert not turmoil(school, course, let_in).failures
        offered = line(school, course, WaitlistState.OFFERED)
        assert offered == first[:LEAVING]
        waiting = line(school, course, WaitlistState.WAITING)
        assert waiting[: LEARNERS - LEAVING] == first[LEAVING:]
        assert len(waiting) == LEARNERS - LEAVING + ARRIVING
        assert seated(school, course) == (0, SEATS)
        assert agrees(school)
        assert set(notices(school, course).values()) == {1}
        assert set(notices(school, course)) == set(offered)


@on_both
def test_without_the_lock_neither_seats_nor_line_are_right(
    kind: str, start_school: StartSchool, let_in: LetIn
) -> None:
    school = start_school(kind, processes=4, worker=False, module=NAIVE)
    crowd = let_in(school, people(school, LEARNERS // 2))
    course = new_course(school)
    race(crowd, course)
    held, taken = seated(school, course)
    assert held > SEATS or held != taken
    course, first = full_course(school)
    turmoil(school, course, let_in)
    wrong = line(school, course, WaitlistState.OFFERED) != first[:LEAVING]
    assert wrong or not agrees(school)


def full_course(school: School) -> tuple[Course, list[int]]:
    """A full course with a long line; its learners, then who waits, are made by the database."""
    course = new_course(school)
    users = people(school, SEATS + LEARNERS, "Early")
    with school.app.app_context(), writing():
        for user in users[:SEATS]:
            db.session.add(
                Enrollment(course_id=course.id, user_id=user.id, status="enrolled", holds_seat=True)
            )
        for ticket, user in enumerate(users[SEATS:], 1):
            db.session.add(WaitlistEntry(course_id=course.id, user_id=user.id, ticket=ticket))
        pool = db.session.get_one(SeatPool, course.seat_pool_id)
        pool.taken, pool.next_ticket = SEATS, LEARNERS + 1
    return course, [user.id for user in users[SEATS:]]


def turmoil(school: School, course: Course, let_in: LetIn) -> Tally:
    """At one moment: all learners leave, others arrive, and the sweep runs several times."""
    with school.app.app_context():
        statement = select(User).join(Enrollment, Enrollment.user_id == User.id)
        mine = statement.where(Enrollment.course_id == course.id, Enrollment.holds_seat)
        leaving = list(db.session.execute(mine).scalars())
        db.session.expunge_all()
    crowd = let_in(school, [*leaving, *people(school, ARRIVING, "Late")])
    open_page(crowd, course)
    address = f"/courses/{course.slug}/enrollment"

    def act(client: int, _turn: int) -> Answer:
        if client < LEAVING:
            return crowd[client].post(address, "DELETE")
        if client < LEAVING + ARRIVING:
            return crowd[client].post(address)
        with school.app.app_context():
            with writing():
                jobs.sweep_offers()
            drain(LocalRunner())
        return Answer(303, {}, "", 0.0)

    return together(LEAVING + ARRIVING + SWEEPING, act, times=1)


def notices(school: School, course: Course) -> Counter[int]:
    """How often each person is told of a seat that is held for them, once the worker has run."""
    with school.app.app_context():
        rows = select(OutboxEntry.event_id, OutboxEntry.payload).filter_by(event_name="Offered")
        events: dict[str, dict[str, int]] = dict(iter(db.session.execute(rows)))
    mine = [one for one in events.values() if one["course_id"] == course.id]
    return Counter(one["user_id"] for one in mine)


def test_one_learner_who_clicks_often_has_one_seat_or_one_place(
    school: School, let_in: LetIn
) -> None:
    [user] = people(school, 1)
    hands = let_in(school, [user] * CLICKS)
    for capacity, expected in ((SEATS, (1, 1, 0)), (1, (1, 1, 1))):
        course = new_course(school, capacity)
        if capacity == 1:
            [other] = people(school, 1, "Seated")
            race(let_in(school, [other]), course)
        tally = race(hands, course)
        assert tally.statuses == {303: CLICKS}
        waiting = line(school, course, WaitlistState.WAITING)
        assert (*seated(school, course), len(waiting)) == expected


def test_capacity_changes_in_the_rush_and_is_never_passed(school: School, let_in: LetIn) -> None:
    course = new_course(school, capacity=5)
    crowd = let_in(school, people(school, LEARNERS // 2))
    with school.app.app_context():
        [owner] = let_in(school, [owner_of(course)])
    owner.get(f"/teaching/{course.slug}/people")
    open_page(crowd, course)

    def act(client: int, turn: int) -> Answer:
        if client == 0:
            address = f"/teaching/{course.slug}/seats"
            return owner.post(address, "PUT", capacity=CAPACITIES[turn])
        return crowd[client].post(f"/courses/{course.slug}/enrollment")

    tally = together(len(crowd), act, times=len(CAPACITIES))
    assert set(tally.statuses) <= {303, 422}
    with school.app.app_context():
        capacity = db.session.get_one(SeatPool, course.seat_pool_id).capacity or 0
    held, taken = seated(school, course)
    assert held <= taken <= capacity
    assert taken == capacity or not line(school, course, WaitlistState.WAITING)
    assert agrees(school)
