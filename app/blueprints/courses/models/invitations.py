"""Invitations to teach, which are sent to addresses and answered by people."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models.course import Course
from app.blueprints.courses.models.kinds import CourseRole, InvitationOutcome
from app.core import clock
from app.core.db import Model


class TeachingInvitation(Model):
    """Somebody is asked to work in a course; whether they have an account is nobody's business.

    The token is only in the link that was shown once, and in the mail that carried it: it is made
    anew from the seed and this installation's secret key.
    """

    __tablename__ = "teaching_invitations"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_how"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[CourseRole]
    # Empty for those that were made before mail was sent.
    seed: Mapped[str] = mapped_column(String(32), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[InvitationOutcome | None] = mapped_column(default=None)

    course: Mapped[Course] = relationship()
    invited_by: Mapped[User] = relationship()


# One open invitation for an address and a course; addresses are kept in lower case.
Index(
    "uq_teaching_invitations_open",
    TeachingInvitation.course_id,
    TeachingInvitation.email,
    unique=True,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)
