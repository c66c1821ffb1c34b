"""A school that seats people as one does without thinking: it looks, and decides a little later.

Only for the control of the seat race, which has to fail here or it proves nothing.
"""

import time
from typing import Any

from sqlalchemy import select

from app import create_app
from app.blueprints.courses.models import Course, SeatPool
from app.blueprints.enrollments.services import seats
from app.core.db import db

PAUSE = 0.01


def look_without_lock(course_id: int) -> SeatPool:
    """Read the seats."""
    statement = select(SeatPool).join(Course, Course.seat_pool_id == SeatPool.id)
    return db.session.execute(statement.where(Course.id == course_id)).scalar_one()


look_around = seats._look_around


def let_others_in(course_id: int) -> Any:
    """Let everybody else in before anything is decided about the course."""
    found = look_around(course_id)
    db.session.commit()
    time.sleep(PAUSE)
    return found


seats._lock_pool = look_without_lock
seats._look_around = let_others_in
app = create_app()
app.extensions["write_gate"] = None
