"""People in courses, however they stand there."""

from typing import Any

from sqlalchemy import insert, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.rules import MEMBERS
from app.core import clock
from app.core.db import db, writing
from tests.factories import saving


def make_enrollment(
    user: User,
    course: Course,
    status: EnrollmentStatus = EnrollmentStatus.ENROLLED,
    **fields: Any,
) -> Enrollment:
    """`user` in `course`, on a seat where the status holds one."""
    completed = status is EnrollmentStatus.COMPLETED
    enrollment = Enrollment(
        course_id=course.id,
        user_id=user.id,
        status=status,
        holds_seat=status in MEMBERS,
        completed_at=clock.now() if completed else None,
        **fields,
    )
    with saving():
        if enrollment.holds_seat:
            db.session.get_one(SeatPool, course.seat_pool_id).taken += 1
        db.session.add(enrollment)
        db.session.flush()
    return enrollment


def fill_course(course: Course, number: int) -> None:
    """Let so many new people learn in the course, in few statements."""
    now = clock.now()
    people = [
        {
            "email": f"list-{n}@example.org",
            "display_name": f"Learner {n:05}",
            "password_hash": "x",
            "created_at": now,
            "updated_at": now,
        }
        for n in range(number)
    ]
    status = EnrollmentStatus.ENROLLED
    with writing():
        db.session.execute(insert(User), people)
        ids = db.session.execute(select(User.id).where(User.email.startswith("list-"))).scalars()
        rows = [
            {"course_id": course.id, "user_id": one, "status": status, "holds_seat": True}
            for one in ids
        ]
        db.session.execute(insert(Enrollment), rows)
        db.session.get_one(SeatPool, course.seat_pool_id).taken += number
