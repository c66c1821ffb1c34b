"""Seats counted anew: those that people sit on, and those that are held for somebody."""

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all

from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.models import Cohort, Enrollment, WaitlistEntry, WaitlistState
from app.core.db import db


def wrong_pools() -> list[Row[int, str, str, int, int]]:
    """Return (pool, course, cohort or "", seats said to be taken, seats held) where they differ."""
    of_courses = (
        select(
            SeatPool.id.label("pool_id"),
            Course.slug,
            literal(""),
            SeatPool.taken,
            _held_in_course(),
        )
        .join(Course, Course.seat_pool_id == SeatPool.id)
        .where(SeatPool.taken != _held_in_course())
    )
    of_cohorts = (
        select(
            SeatPool.id.label("pool_id"),
            Course.slug,
            Cohort.name,
            SeatPool.taken,
            _held_in_cohort(),
        )
        .join(Cohort, Cohort.seat_pool_id == SeatPool.id)
        .join(Course, Course.id == Cohort.course_id)
        .where(SeatPool.taken != _held_in_cohort())
    )
    found = union_all(of_courses, of_cohorts).order_by("pool_id")
    return list(db.session.execute(found).all())


def _held_in_course() -> ColumnElement[int]:
    seated = select(func.count()).where(Enrollment.course_id == Course.id, Enrollment.holds_seat)
    offered = select(func.count()).where(WaitlistEntry.course_id == Course.id, _IS_OFFERED)
    return _sum(seated.correlate(Course), offered.correlate(Course))


def _held_in_cohort() -> ColumnElement[int]:
    seated = select(func.count()).where(Enrollment.cohort_id == Cohort.id, Enrollment.holds_seat)
    offered = select(func.count()).where(WaitlistEntry.cohort_id == Cohort.id, _IS_OFFERED)
    return _sum(seated.correlate(Cohort), offered.correlate(Cohort))


def _sum(one: Select[int], other: Select[int]) -> ColumnElement[int]:
    return one.scalar_subquery() + other.scalar_subquery()


_IS_OFFERED = WaitlistEntry.state == WaitlistState.OFFERED
