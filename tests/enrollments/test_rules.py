"""Seats, lines, statuses and who is let in, as decisions on plain values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.courses.models import CourseStatus, EnrollmentType
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.enrollments.rules.admission import Door, Visitor, must_ask, why_closed
from app.blueprints.enrollments.rules.line import Place, priorities
from app.blueprints.enrollments.rules.seats import Admission, Waiting, admit, least, next_in_line
from app.blueprints.enrollments.rules.statuses import MOVES, Mover, may_move

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
seats = st.integers(min_value=0, max_value=50)
limits = st.none() | seats
OPEN = Door(CourseStatus.PUBLISHED, EnrollmentType.OPEN)


def test_every_status_is_reached_and_none_follows_itself() -> None:
    assert {after for _before, after in MOVES} == set(S)
    assert all(before is not after for before, after in MOVES)


def test_what_is_completed_stays_completed() -> None:
    assert not any(may_move(S.COMPLETED, after, mover) for after in S for mover in Mover)


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.PAUSED, S.REJECTED, S.PENDING, None])
def test_one_without_a_seat_can_take_one(status: S | None) -> None:
    assert status not in MEMBERS
    assert may_move(status, S.ENROLLED, Mover.LEARNER)
    assert not may_move(status, S.ENROLLED, Mover.LECTERN)


def test_each_moves_what_is_theirs() -> None:
    assert not may_move(S.PENDING, S.REJECTED, Mover.LEARNER)
    assert not may_move(S.ENROLLED, S.COMPLETED, Mover.LEARNER)
    assert not may_move(S.ENROLLED, S.COMPLETED, Mover.TEACHER)
    assert not may_move(S.ENROLLED, S.WITHDRAWN, Mover.LECTERN)


@given(free=limits, waiting=st.booleans(), has_waitlist=st.booleans())
def test_nobody_passes_the_last_seat_or_those_who_wait(
    free: int | None, waiting: bool, has_waitlist: bool
) -> None:
    admission = admit(free=free, waiting=waiting, has_waitlist=has_waitlist)
    assert (admission is Admission.SEAT) == (not waiting and free != 0)
    assert (admission is Admission.LINE) == (has_waitlist and (waiting or free == 0))


@given(pools=st.lists(limits, max_size=3))
def test_a_seat_is_free_where_every_pool_has_one(pools: list[int | None]) -> None:
    free = least(*pools)
    assert (free is None) == all(one is None for one in pools)
    assert (free == 0) == (0 in pools)


lines = st.lists(st.sampled_from([None, 1, 2]), max_size=30)


@given(wanted=lines, free=limits, first=limits, second=limits)
def test_free_seats_go_down_the_line_and_none_stays_empty(
    wanted: list[int | None], free: int | None, first: int | None, second: int | None
) -> None:
    line = [Waiting(number, cohort) for number, cohort in enumerate(wanted)]
    chosen = next_in_line(line, free=free, free_in={1: first, 2: second})
    assert chosen == sorted(chosen)
    assert free is None or len(chosen) <= free
    for cohort, room in ((None, None), (1, first), (2, second)):
        same = [one.entry_id for one in line if one.cohort_id == cohort]
        served = [one for one in chosen if one in same]
        assert served == same[: len(served)]
        assert room is None or len(served) <= room
        if served != same:  # somebody still waits: there is no seat for them
            assert len(chosen) == free or len(served) == room


@given(
    numbers=st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 99)), min_size=1, max_size=8),
    data=st.data(),
)
def test_somebody_is_put_where_one_says_and_nobody_else_is_moved(
    numbers: list[tuple[int, int]], data: st.DataObject
) -> None:
    ordered = sorted({ticket: (priority, ticket) for priority, ticket in numbers}.values())
    line = [Place(n, priority, ticket) for n, (priority, ticket) in enumerate(ordered)]
    moved = data.draw(st.sampled_from(line)).entry_id
    place = data.draw(st.integers(1, len(line)))
    changed = priorities(line, moved, place)
    after = sorted(line, key=lambda one: (changed.get(one.entry_id, one.priority), one.ticket))
    ids = [one.entry_id for one in after]
    assert ids.index(moved) == place - 1
    assert [one for one in ids if one != moved] == [n for n in range(len(line)) if n != moved]
    assert all(value < 0 for value in changed.values())  # before whoever comes next


def test_only_open_published_courses_are_open_to_everybody() -> None:
    doors = [Door(status, kind) for status in CourseStatus for kind in EnrollmentType]
    visitor = Visitor()
    enter = [d for d in doors if not why_closed(d, visitor, NOW) and not must_ask(d, visitor)]
    assert enter == [OPEN]


def test_who_was_let_in_need_not_ask_again() -> None:
    for kind in EnrollmentType:
        door = Door(CourseStatus.PUBLISHED, kind)
        for visitor in (Visitor(admitted=True), Visitor(invited=True)):
            assert why_closed(door, visitor, NOW) is None
            assert not must_ask(door, visitor)


def test_a_window_opens_and_closes_on_the_moment() -> None:
    door = Door(CourseStatus.PUBLISHED, EnrollmentType.OPEN, NOW, NOW + DAY)
    assert "opens on 1 December 2026, 12:00 UTC" in str(
        why_closed(door, Visitor(), NOW - timedelta(microseconds=1))
    )
    assert why_closed(door, Visitor(), NOW) is None
    assert "closed on 2 December" in str(why_closed(door, Visitor(), NOW + DAY))
    for exempt in (Visitor(S.PAUSED, admitted=True), Visitor(invited=True)):
        assert why_closed(door, exempt, NOW + DAY) is None


def test_nothing_opens_a_course_that_is_over() -> None:
    door = Door(CourseStatus.ARCHIVED, EnrollmentType.OPEN)
    visitor = Visitor(S.PAUSED, admitted=True, invited=True)
    assert "has ended" in str(why_closed(door, visitor, NOW))
