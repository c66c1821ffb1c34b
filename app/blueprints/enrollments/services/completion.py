"""Completing a course, for the domain that knows what was learned, and what follows for seats.

`complete` takes no lock on seats: its caller holds the enrolments, which come after them. Where
completion frees a seat, a job gives it back and offers it on; until it has run, the seat counts as
taken, so none is ever given twice.
"""

from collections.abc import Sequence

from sqlalchemy import Row, Select, insert, select, update

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.events import SeatsToLookAt
from app.blueprints.enrollments.models import Enrollment, EnrollmentChange, EnrollmentStatus
from app.blueprints.enrollments.services.seats import Seats, offer_free_seats, open_seats
from app.core import clock
from app.core.db import db
from app.core.events import record

S = EnrollmentStatus


def complete(*, among: Select[int]) -> Sequence[Row[int, int, int, bool]]:
    """Complete those of the enrolments `among` that are under way; return (id, course, user, …).

    In one statement for any number of learners, and one more where somebody has completed.
    """
    frees_seat = select(Course.completion_frees_seat).where(Course.id == Enrollment.course_id)
    statement = (
        update(Enrollment)
        .where(Enrollment.id.in_(among), Enrollment.status == S.ENROLLED)
        .values(status=S.COMPLETED, completed_at=clock.db_time())
        .returning(
            Enrollment.id,
            Enrollment.course_id,
            Enrollment.user_id,
            frees_seat.scalar_subquery().label("frees_seat"),
        )
        .execution_options(synchronize_session=False)
    )
    completed = db.session.execute(statement).all()
    _note(completed)
    for course_id in {row.course_id for row in completed if row.frees_seat}:
        record(SeatsToLookAt(course_id))
    return completed


def look_at_seats(*, course_id: int) -> None:
    """Give back the seats that came free unseen, and offer them to those who wait.

    Offers that have run out, and learners who have completed a course that lets their seats go.
    Run twice, it acts once. Raises `NotFound`.
    """
    seats = open_seats(course_id)
    if seats.course.completion_frees_seat:
        _free_completed(seats)
    offer_free_seats(seats)


def _free_completed(seats: Seats) -> None:
    statement = (
        update(Enrollment)
        .where(
            Enrollment.course_id == seats.course.id,
            Enrollment.status == S.COMPLETED,
            Enrollment.holds_seat,
        )
        .values(holds_seat=False)
        .returning(Enrollment.cohort_id)
        .execution_options(synchronize_session=False)
    )
    for cohort_id in db.session.execute(statement).scalars().all():
        seats.give_back(cohort_id)


def _note(completed: Sequence[Row[int, int, int, bool]]) -> None:
    rows = [
        {"enrollment_id": row.id, "from_status": S.ENROLLED, "to_status": S.COMPLETED}
        for row in completed
    ]
    if rows:
        db.session.execute(insert(EnrollmentChange), rows)
