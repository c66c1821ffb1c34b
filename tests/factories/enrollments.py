"""People in courses, however they stand there."""

from typing import Any

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.models import Enrollment, EnrollmentStatus
from app.blueprints.enrollments.rules import MEMBERS
from app.core import clock
from app.core.db import db
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
