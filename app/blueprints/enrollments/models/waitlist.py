"""The lines for seats, and the offers made to those who come first in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models.cohorts import Cohort
from app.blueprints.enrollments.models.enrollments import LONGEST_REASON
from app.blueprints.enrollments.models.kinds import WaitlistState
from app.core import clock
from app.core.db import Model


class WaitlistEntry(Model):
    """One wait of one person for a seat: it ends with at most one offer, and is then kept.

    The line goes by priority, the lower first, then by the ticket that was drawn from the
    course's pool. While an offer is open, it holds a seat until `offer_ends_at`.
    """

    __tablename__ = "waitlist_entries"
    __table_args__ = (
        UniqueConstraint("course_id", "ticket"),
        CheckConstraint("(state IN ('waiting', 'offered')) = (ended_at IS NULL)", name="open"),
        CheckConstraint("state <> 'offered' OR offer_ends_at IS NOT NULL", name="offer_ends"),
        CheckConstraint("state <> 'waiting' OR offer_ends_at IS NULL", name="waits_without_offer"),
        Index("ix_waitlist_entries_line", "course_id", "state", "priority", "ticket"),
        Index("ix_waitlist_entries_offers", "state", "offer_ends_at"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohorts.id", ondelete="CASCADE"), default=None, index=True
    )
    state: Mapped[WaitlistState] = mapped_column(default=WaitlistState.WAITING)
    priority: Mapped[int] = mapped_column(default=0)
    ticket: Mapped[int]
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    offered_at: Mapped[datetime | None] = mapped_column(default=None)
    offer_ends_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    # Why somebody was moved in the line or taken out of it, in the words of whoever did.
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    course: Mapped[Course] = relationship()
    user: Mapped[User] = relationship()
    cohort: Mapped[Cohort | None] = relationship()


# Nobody waits twice for one course.
Index(
    "uq_waitlist_entries_open",
    WaitlistEntry.course_id,
    WaitlistEntry.user_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)
