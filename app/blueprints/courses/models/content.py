"""What lessons say: immutable bodies by content, and the one draft of a lesson being edited."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Model

if TYPE_CHECKING:
    from app.blueprints.courses.models.version import Lesson


class LessonBody(Model):
    """Canonical JSON of blocks, kept once per distinct content; its HTML stands beside it."""

    __tablename__ = "lesson_bodies"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    blocks: Mapped[str] = mapped_column(Text, deferred=True)
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, deferred=True)
    # What an author should mend in it, as the builder found when it was saved.
    problems: Mapped[list[str]] = mapped_column(default=list)
    # content/facts.py; none for what was written before they were kept.
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class LessonBodyAsset(Model):
    """One body refers to one asset, so that what is still used is never swept."""

    __tablename__ = "lesson_body_assets"
    __table_args__ = (UniqueConstraint("body_id", "asset_id"),)

    body_id: Mapped[int] = mapped_column(ForeignKey("lesson_bodies.id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id"), index=True)


class LessonDraft(Model):
    """What a lesson of the working version will say; `revision` rises with each text change."""

    __tablename__ = "lesson_drafts"

    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lessons.id", ondelete="CASCADE"), unique=True
    )
    digest: Mapped[str] = mapped_column(String(64), index=True)
    blocks: Mapped[str] = mapped_column(Text, deferred=True)
    html: Mapped[str] = mapped_column(Text, deferred=True)
    text: Mapped[str] = mapped_column(Text, deferred=True)
    problems: Mapped[list[str]] = mapped_column(default=list)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    asset_ids: Mapped[list[str]] = mapped_column(default=list)
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    lesson: Mapped["Lesson"] = relationship(back_populates="draft")
