"""Invitations to take part: to one address, or by a link for several people."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models.cohorts import Cohort
from app.core import clock
from app.core.db import Model


class Invitation(Model):
    """Whoever has its link may take part; one with an address was sent to it by e-mail.

    Only the hash of the link's token is kept. The token of a mail is made anew from the seed and
    this installation's secret key, so a job can write the mail, and the database alone cannot.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("most_uses > 0", name="most_uses_positive"),
        CheckConstraint("used >= 0 AND used <= most_uses", name="not_overused"),
        CheckConstraint("email = '' OR most_uses = 1", name="address_once"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohorts.id", ondelete="CASCADE"), default=None, index=True
    )
    # In lower case; empty for a link.
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    seed: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    most_uses: Mapped[int] = mapped_column(default=1)
    used: Mapped[int] = mapped_column(default=0)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    course: Mapped[Course] = relationship()
    cohort: Mapped[Cohort | None] = relationship()
    invited_by: Mapped[User] = relationship()
