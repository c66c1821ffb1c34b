"""Many learners, few seats, over HTTP, four processes: never one seat too many or too few."""

import pytest
from sqlalchemy import func, select

from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.models import Enrollment
from app.core.db import db
from tests.factories.accounts import make_user
from tests.factories.courses import make_course, owner_of
from tests.load.clients import Answer, Browser, Tally, together
from tests.load.conftest import LetIn
from tests.support.servers import School, StartSchool

LEARNERS = 200
SEATS = 20
CLICKS = 20
CAPACITIES = (10, 30, 20, 60, 1)

pytestmark = [pytest.mark.load, pytest.mark.timeout(900)]
on_both = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)


@pytest.fixture
def school(kind: str, start_school: StartSchool) -> School:
    return start_school(kind, processes=4, worker=False)


@pytest.fixture
def crowd(school: School, let_in: LetIn) -> list[Browser]:
    with school.app.app_context():
        return let_in(school, [make_user(f"Learner {n}") for n in range(LEARNERS)])


def new_course(school: School, capacity: int = SEATS) -> Course:
    with school.app.app_context():
        return make_course(capacity=capacity, has_waitlist=False)


def race(crowd: list[Browser], course: Course) -> tuple[Tally, list[Answer]]:
    """Everybody opens the course, then all press the button at one moment."""
    address = f"/courses/{course.slug}"
    for browser in crowd:
        assert browser.get(address).status == 200
    answers: list[Answer] = []

    def press(client: int, _round: int) -> Answer:
        answer = crowd[client].post(f"{address}/enrollment")
        answers.append(answer)
        return answer

    return together(len(crowd), press, times=1), answers


def seated(school: School, course: Course) -> tuple[int, int]:
    """How many hold a seat, and how many seats are said to be taken."""
    with school.app.app_context():
        held = select(func.count(Enrollment.id)).filter_by(course_id=course.id, holds_seat=True)
        taken = select(SeatPool.taken).filter_by(id=course.seat_pool_id)
        return db.session.execute(held).scalar_one(), db.session.execute(taken).scalar_one()


@on_both
def test_exactly_the_seats_are_given(
    school: School, crowd: list[Browser], rounds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(rounds):
        course = new_course(school)
        tally, answers = race(crowd, course)
        with capsys.disabled():
            print(
                f"\n{school.app.config['SQLALCHEMY_DATABASE_URI'].partition(':')[0]}: "
                f"{LEARNERS} learners, {SEATS} seats: {dict(tally.statuses)}, "
                f"p50 {tally.percentile(0.5):.0f} ms, p95 {tally.percentile(0.95):.0f} ms"
            )
        assert tally.statuses == {303: SEATS, 409: LEARNERS - SEATS}
        refused = [answer.text for answer in answers if answer.status == 409]
        assert all(f"All {SEATS} seats are taken" in text for text in refused)
        assert seated(school, course) == (SEATS, SEATS)


@on_both
def test_without_the_lock_too_many_get_in(
    kind: str, start_school: StartSchool, let_in: LetIn
) -> None:
    school = start_school(kind, processes=4, worker=False, module="tests.support.naive_seats:app")
    with school.app.app_context():
        crowd = let_in(school, [make_user(f"Learner {n}") for n in range(LEARNERS)])
    most = 0
    for _ in range(3):
        course = new_course(school)
        race(crowd, course)
        most = max(most, seated(school, course)[0])
        if most > SEATS:
            break
    assert most > SEATS


@on_both
def test_one_learner_who_clicks_often_takes_one_seat(school: School, let_in: LetIn) -> None:
    course = new_course(school)
    with school.app.app_context():
        user = make_user()
        hands = let_in(school, [user] * CLICKS)
    tally, answers = race(hands, course)
    assert tally.statuses == {303: CLICKS}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert seated(school, course) == (1, 1)


@on_both
def test_capacity_changes_in_the_rush_and_is_never_passed(
    school: School, crowd: list[Browser], let_in: LetIn
) -> None:
    course = new_course(school, capacity=5)
    with school.app.app_context():
        [owner] = let_in(school, [owner_of(course)])
    owner.get(f"/teaching/{course.slug}/people")
    for browser in crowd:
        browser.get(f"/courses/{course.slug}")

    def act(client: int, turn: int) -> Answer:
        if client == 0:
            address = f"/teaching/{course.slug}/seats"
            return owner.post(address, "PUT", capacity=CAPACITIES[turn])
        return crowd[client].post(f"/courses/{course.slug}/enrollment")

    tally = together(LEARNERS, act, times=len(CAPACITIES))
    assert set(tally.statuses) == {303, 409, 422}
    with school.app.app_context():
        capacity = db.session.get_one(SeatPool, course.seat_pool_id).capacity or 0
    held, taken = seated(school, course)
    assert held == taken <= capacity
    assert held >= CAPACITIES[0]
