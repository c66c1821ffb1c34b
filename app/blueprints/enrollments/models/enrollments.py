"""People in courses, how they came to stand there, and what was not asked of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models.cohorts import Cohort
from app.blueprints.enrollments.models.kinds import EnrollmentStatus
from app.core import clock
from app.core.db import Model, Timestamps, enum_type

LONGEST_MESSAGE = 2_000
LONGEST_REASON = 1_000


class Enrollment(Model, Timestamps):
    """One learner in one course; no pinned version means: follows the current one.

    `admitted_at` says since when this person may take a seat without asking (again): a request
    was approved, an invitation taken, or a seat held before. One who is pending and admitted
    waits in line for a seat.
    """

    __tablename__ = "enrollments"
    __table_args__ = (
        UniqueConstraint("course_id", "user_id"),
        CheckConstraint(
            "NOT holds_seat OR status IN ('enrolled', 'completed')", name="seat_of_a_member"
        ),
        CheckConstraint("status <> 'enrolled' OR holds_seat", name="enrolled_on_a_seat"),
        CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)", name="completed_when"
        ),
        # For the numbers above the pages about people.
        Index("ix_enrollments_standing", "course_id", "status", "admitted_at"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[EnrollmentStatus] = mapped_column(index=True)
    holds_seat: Mapped[bool] = mapped_column(default=False)
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohorts.id"), default=None, index=True
    )
    pinned_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id"), default=None, index=True
    )
    # The number of the version up to which this person knows what is new.
    seen_number: Mapped[int | None] = mapped_column(default=None)
    # When this person asked to take part, in which words, and with which place in a line.
    requested_at: Mapped[datetime | None] = mapped_column(default=None)
    message: Mapped[str] = mapped_column(Text, default="", server_default="")
    ticket: Mapped[int | None] = mapped_column(default=None)
    admitted_at: Mapped[datetime | None] = mapped_column(default=None)
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="SET NULL"), default=None, index=True
    )
    # Why the status is what it is, in the words of whoever decided it.
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="", server_default="")
    enrolled_at: Mapped[datetime] = mapped_column(default=clock.now)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)

    course: Mapped[Course] = relationship()
    user: Mapped[User] = relationship()
    cohort: Mapped[Cohort | None] = relationship()


class EnrollmentChange(Model):
    """One step of an enrolment: from what (none: it began), to what, who, why."""

    __tablename__ = "enrollment_changes"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), index=True
    )
    from_status: Mapped[EnrollmentStatus | None] = mapped_column(
        enum_type(EnrollmentStatus, "from_status")
    )
    to_status: Mapped[EnrollmentStatus] = mapped_column(enum_type(EnrollmentStatus, "to_status"))
    # None: Lectern itself.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class PrerequisiteWaiver(Model):
    """Somebody may take the course without those that it asks for, and why."""

    __tablename__ = "prerequisite_waivers"
    __table_args__ = (UniqueConstraint("course_id", "user_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    at: Mapped[datetime] = mapped_column(default=clock.now)
