"""Cohorts: groups that take a course together."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, SeatPool
from app.core.db import Model, Timestamps

LONGEST_NAME = 80


class Cohort(Model, Timestamps):
    """A named group of a course with seats of its own, a first day and somebody who leads it.

    Whoever is in it has a seat of the course and one of the cohort. One that is closed takes
    nobody in any more.
    """

    __tablename__ = "cohorts"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    seat_pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id"), unique=True)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    instructor_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id"), default=None, index=True
    )
    is_closed: Mapped[bool] = mapped_column(default=False)

    course: Mapped[Course] = relationship()
    seats: Mapped[SeatPool] = relationship()
    instructor: Mapped[User | None] = relationship()
