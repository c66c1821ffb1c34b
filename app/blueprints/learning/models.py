"""Tables of what learners have done: completions, progress as stored, certificates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import Enrollment
from app.core import clock
from app.core.db import Model


class LessonProgress(Model):
    """A lesson done by a learner, by the lesson's key, so that it survives republication."""

    __tablename__ = "lesson_progress"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "lesson_key"),
        CheckConstraint("version_number > 0", name="version_number_positive"),
    )

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    lesson_key: Mapped[str] = mapped_column(String(32))
    # The number of the version whose page was completed; it counts from `redo_since` on.
    version_number: Mapped[int]
    completed_at: Mapped[datetime] = mapped_column(default=clock.now)


class LessonOpening(Model):
    """When a learner first opened a lesson that takes its time, as version `version_number`."""

    __tablename__ = "lesson_openings"
    __table_args__ = (UniqueConstraint("enrollment_id", "lesson_key"),)

    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    lesson_key: Mapped[str] = mapped_column(String(32))
    version_number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class CourseProgress(Model):
    """Progress as last computed, on the version that it names; pages recompute where it differs."""

    __tablename__ = "course_progress"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        CheckConstraint("done <= required", name="done_within_required"),
    )

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), unique=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("course_versions.id"), index=True)
    done: Mapped[int] = mapped_column(default=0)
    required: Mapped[int] = mapped_column(default=0)
    percent: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class Certificate(Model):
    """Proof of a completed course, for the version that it was earned on."""

    __tablename__ = "certificates"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), unique=True
    )
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    serial: Mapped[str] = mapped_column(String(32), unique=True)
    learner_name: Mapped[str] = mapped_column(String(120))
    course_title: Mapped[str] = mapped_column(String(200))
    version_number: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_reason: Mapped[str] = mapped_column(Text, default="")

    enrollment: Mapped[Enrollment] = relationship()
    course: Mapped[Course] = relationship()
