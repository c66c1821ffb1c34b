"""Tables of what people are told, of the mail that tells it, and of what they want no mail of."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.core import clock
from app.core.db import Model

KIND_LENGTH = 40
KEY_LENGTH = 160


class MailState(enum.StrEnum):
    """How far a mail has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    # It was not sent because there was nothing to tell any more.
    DROPPED = "dropped"


class Notification(Model):
    """Something that one person is told; or, without a person, an address that has no account.

    `kind` names an entry of `rules.kinds`, `about` holds what its words name. There is one for
    each `key`, however often its event is told.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (email = '')", name="to_one"),
        Index("ix_notifications_list", "user_id", "at"),
    )

    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), default="")
    kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    course_id: Mapped[int | None] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), default=None, index=True
    )
    about: Mapped[dict[str, Any]]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    read_at: Mapped[datetime | None] = mapped_column(default=None)

    user: Mapped[User | None] = relationship()
    course: Mapped[Course | None] = relationship()


# What the bell counts on every page.
Index(
    "ix_notifications_unread",
    Notification.user_id,
    sqlite_where=text("read_at IS NULL"),
    postgresql_where=text("read_at IS NULL"),
)


class Mail(Model):
    """The mail of one notice; it is sent once, and has one Message-ID even if it goes out twice.

    `reason` says why it was not taken the last time, or why it never will be.
    """

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when"),
    )

    notification_id: Mapped[int] = mapped_column(
        ForeignKey("notifications.id", ondelete="CASCADE"), unique=True
    )
    message_id: Mapped[str] = mapped_column(String(320))
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)

    notification: Mapped[Notification] = relationship()


class MailMute(Model):
    """A person wants no mail of a topic; they still see its notices in the page."""

    __tablename__ = "mail_mutes"
    __table_args__ = (UniqueConstraint("user_id", "topic"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(KIND_LENGTH))
