"""Tables of what people are like here: tiers of instructors, and their pages."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, Timestamps


class Tier(Model):
    """What an instructor may do, and how much of it."""

    __tablename__ = "tiers"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    can_self_publish: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)


class InstructorProfile(Model, Timestamps):
    """Comes with the role of a contributor."""

    __tablename__ = "instructor_profiles"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"), index=True)

    tier: Mapped[Tier] = relationship()
