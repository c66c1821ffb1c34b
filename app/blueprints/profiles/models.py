"""Tables of what people are like here: tiers of instructors, and their pages."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, Timestamps

MEGABYTE = 1024 * 1024
# What a tier allows unless an administrator says otherwise (rules.py explains the quotas).
STANDARD = {
    "most_courses": 100,
    "most_courses_a_day": 20,
    "most_file_bytes": 100 * MEGABYTE,
    "most_bytes": 2_000 * MEGABYTE,
}


class Tier(Model):
    """What an instructor may do, and how much of it."""

    __tablename__ = "tiers"
    __table_args__ = (
        CheckConstraint(
            "most_courses >= 0 AND most_courses_a_day >= 0 AND most_file_bytes >= 0 "
            "AND most_bytes >= 0",
            name="quotas_not_negative",
        ),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)
    can_self_publish: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)
    most_courses: Mapped[int] = mapped_column(default=STANDARD["most_courses"])
    most_courses_a_day: Mapped[int] = mapped_column(default=STANDARD["most_courses_a_day"])
    most_file_bytes: Mapped[int] = mapped_column(BigInteger, default=STANDARD["most_file_bytes"])
    most_bytes: Mapped[int] = mapped_column(BigInteger, default=STANDARD["most_bytes"])


class InstructorProfile(Model, Timestamps):
    """Comes with the role of a contributor."""

    __tablename__ = "instructor_profiles"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"), index=True)

    tier: Mapped[Tier] = relationship()
