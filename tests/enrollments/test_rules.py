"""Seats and statuses, as decisions on plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.courses.models import CourseStatus, EnrollmentType
from app.blueprints.enrollments import rules
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.rules import Admission

seats = st.integers(min_value=0, max_value=50)


def test_every_status_has_its_way_on() -> None:
    assert set(rules.TRANSITIONS) == set(S)
    assert all(not rules.may_become(status, status) for status in S)


def test_what_is_completed_stays_completed() -> None:
    assert not any(rules.may_become(S.COMPLETED, status) for status in S)


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.PAUSED, S.REJECTED, S.PENDING])
def test_one_without_a_seat_can_take_one(status: S) -> None:
    assert status not in rules.MEMBERS
    assert rules.may_become(status, S.ENROLLED)


@pytest.mark.parametrize("status", [S.ENROLLED, S.COMPLETED])
def test_members_hold_seats(status: S) -> None:
    assert status in rules.MEMBERS


@given(capacity=st.integers(1, 50), taken=seats, waiting=seats)
def test_nobody_is_let_in_past_the_last_seat_or_those_who_wait(
    capacity: int, taken: int, waiting: int
) -> None:
    admitted = rules.admit(capacity=capacity, taken=taken, waiting=waiting)
    assert (admitted is Admission.ADMITTED) == (capacity - taken - waiting >= 1)


@given(taken=seats, waiting=seats)
def test_without_a_limit_everybody_is_let_in(taken: int, waiting: int) -> None:
    assert rules.admit(capacity=None, taken=taken, waiting=waiting) is Admission.ADMITTED


def test_only_open_published_courses_are_open() -> None:
    open_ones = [
        (status, kind)
        for status in CourseStatus
        for kind in EnrollmentType
        if rules.why_closed(status, kind) is None
    ]
    assert open_ones == [(CourseStatus.PUBLISHED, EnrollmentType.OPEN)]
