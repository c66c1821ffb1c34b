"""Tables of people who can log in: users, sessions, and what happened at the door."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Model, Timestamps


class StaffRole(enum.StrEnum):
    """What somebody may do beyond learning."""

    CONTRIBUTOR = "contributor"
    APPROVER = "approver"
    ADMIN = "admin"


class LoginOutcome(enum.StrEnum):
    """How an attempt to log in ended."""

    SUCCEEDED = "succeeded"
    WRONG = "wrong"
    LOCKED = "locked"
    DISABLED = "disabled"


class User(Model, Timestamps):
    """A person; everyone is a learner, the flags say what else."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(254))
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_contributor: Mapped[bool] = mapped_column(default=False)
    is_approver: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)

    sessions: Mapped[list["UserSession"]] = relationship(back_populates="user")

    @property
    def roles(self) -> frozenset[str]:
        """Return the staff roles that are held."""
        return frozenset(role.value for role in StaffRole if getattr(self, f"is_{role.value}"))


# One address, one person, whatever its case.
Index("uq_users_email_lower", func.lower(User.email), unique=True)
# Long lists of people are shown by name, a page at a time.
Index("ix_users_name_lower", func.lower(User.display_name), User.id)


class UserSession(Model):
    """One browser that is logged in; the token itself is only in its cookie."""

    __tablename__ = "user_sessions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    address: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")

    user: Mapped[User] = relationship(back_populates="sessions")


class LoginEvent(Model):
    """One attempt to log in; anonymised after 90 days."""

    __tablename__ = "login_events"

    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    outcome: Mapped[LoginOutcome]
    address: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
