"""The stable side of a course: what people find, enrol in and teach."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models.kinds import (
    CourseRole,
    CourseStatus,
    Difficulty,
    EnrollmentType,
    TemplateReach,
)
from app.blueprints.courses.models.terms import (
    Category,
    CourseCategory,
    CourseTag,
    Subject,
    Tag,
)
from app.core import clock
from app.core.db import Model, SoftDelete, Timestamps, enum_type


class SeatPool(Model):
    """How many seats there are and how many are taken; written only by enrolments."""

    __tablename__ = "seat_pools"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="not_oversold"),
    )

    capacity: Mapped[int | None] = mapped_column(default=None)
    taken: Mapped[int] = mapped_column(default=0)
    next_ticket: Mapped[int] = mapped_column(default=1)

    @property
    def free(self) -> int | None:
        """Return the number of free seats, or None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)


class Course(Model, Timestamps, SoftDelete):
    """Outlives every edit of its content; `title` to `lesson_count` are copied at publication.

    One with a `template` is none that people take: others are begun from it.
    """

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("price = 0 OR enrollment_type <> 'open'", name="priced_not_open"),
        CheckConstraint("offer_hours BETWEEN 1 AND 720", name="offer_hours_in_range"),
        CheckConstraint(
            "template IS NULL OR current_version_id IS NULL", name="template_not_published"
        ),
        CheckConstraint("enrolment_opens_at < enrolment_closes_at", name="opens_before_it_closes"),
    )

    slug: Mapped[str] = mapped_column(String(220))
    status: Mapped[CourseStatus] = mapped_column(default=CourseStatus.DRAFT, index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), index=True)
    seat_pool_id: Mapped[int] = mapped_column(ForeignKey("seat_pools.id"), index=True)
    enrollment_type: Mapped[EnrollmentType] = mapped_column(default=EnrollmentType.OPEN)
    is_public: Mapped[bool] = mapped_column(default=True)
    # In the smallest unit of the currency; 0 is free.
    price: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    has_waitlist: Mapped[bool] = mapped_column(default=True)
    offer_hours: Mapped[int] = mapped_column(default=48)
    # Between these, people can get in; None: from the beginning, to the end.
    enrolment_opens_at: Mapped[datetime | None] = mapped_column(default=None)
    enrolment_closes_at: Mapped[datetime | None] = mapped_column(default=None)
    completion_frees_seat: Mapped[bool] = mapped_column(default=False, server_default=false())
    product_suite: Mapped[str] = mapped_column(String(80), default="")
    product_concept: Mapped[str] = mapped_column(String(80), default="")
    template: Mapped[TemplateReach | None] = mapped_column(default=None)
    # The foreign key closes a cycle, so it is made by hand in the migrations.
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("course_versions.id", use_alter=True, name="fk_courses_current_version_id"),
        default=None,
        index=True,
    )
    published_at: Mapped[datetime | None] = mapped_column(default=None, index=True)

    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    difficulty: Mapped[Difficulty] = mapped_column(default=Difficulty.BEGINNER, index=True)
    language: Mapped[str] = mapped_column(String(12), default="en")
    minutes: Mapped[int] = mapped_column(default=0)
    lesson_count: Mapped[int] = mapped_column(default=0)
    # The public id of the cover's asset; empty where the cover is drawn from the address.
    cover: Mapped[str] = mapped_column(String(32), default="")

    subject: Mapped[Subject | None] = relationship()
    seats: Mapped[SeatPool] = relationship()
    people: Mapped[list["CourseInstructor"]] = relationship(back_populates="course")
    categories: Mapped[list[Category]] = relationship(
        secondary=CourseCategory.__table__, order_by=Category.name, viewonly=True
    )
    tags: Mapped[list[Tag]] = relationship(
        secondary=CourseTag.__table__, order_by=Tag.name, viewonly=True
    )


# A deleted course gives its address free.
Index(
    "uq_courses_slug_live",
    Course.slug,
    unique=True,
    sqlite_where=text("deleted_at IS NULL"),
    postgresql_where=text("deleted_at IS NULL"),
)


class CourseInstructor(Model):
    """One person's role in one course; every check on a course goes through these."""

    __tablename__ = "course_instructors"
    __table_args__ = (UniqueConstraint("course_id", "user_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[CourseRole]
    since: Mapped[datetime] = mapped_column(default=clock.now)

    course: Mapped[Course] = relationship(back_populates="people")
    user: Mapped[User] = relationship()


class CoursePrerequisite(Model):
    """To take one course, one should have completed another; no chain leads back to itself."""

    __tablename__ = "course_prerequisites"
    __table_args__ = (
        UniqueConstraint("course_id", "required_id"),
        CheckConstraint("course_id <> required_id", name="not_itself"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    required_id: Mapped[int] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), index=True
    )


class CourseStatusChange(Model):
    """One step in the life of a course: from what, to what, who, why."""

    __tablename__ = "course_status_changes"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    from_status: Mapped[CourseStatus] = mapped_column(enum_type(CourseStatus, "from_status"))
    to_status: Mapped[CourseStatus] = mapped_column(enum_type(CourseStatus, "to_status"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
