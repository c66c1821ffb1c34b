"""Tables of who is in a course."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.core import clock
from app.core.db import Model, Timestamps


class EnrollmentStatus(enum.StrEnum):
    """How somebody stands in a course."""

    PENDING = "pending"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Enrollment(Model, Timestamps):
    """One learner in one course; no pinned version means: follows the current one."""

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("course_id", "user_id"),
        CheckConstraint(
            "NOT holds_seat OR status IN ('enrolled', 'completed')", name="seat_of_a_member"
        ),
        CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)", name="completed_when"
        ),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[EnrollmentStatus] = mapped_column(index=True)
    holds_seat: Mapped[bool] = mapped_column(default=False)
    pinned_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id"), default=None, index=True
    )
    # The number of the version up to which this person knows what is new.
    seen_number: Mapped[int | None] = mapped_column(default=None)
    enrolled_at: Mapped[datetime] = mapped_column(default=clock.now)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)

    course: Mapped[Course] = relationship()
    user: Mapped[User] = relationship()
