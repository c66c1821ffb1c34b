"""Stored bytes, and the uses that people make of them."""

import enum
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Model, SoftDelete, Timestamps

if TYPE_CHECKING:
    from app.blueprints.courses.models.course import Course


class Blob(Model, Timestamps):
    """Bytes under their digest, typed from the bytes; sizes in bytes, pixels and seconds.

    `thumbnail` is a small picture of it, made by a job; whoever may read the one may read the
    other, and they are swept together.
    """

    __tablename__ = "blobs"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str] = mapped_column(String(80))
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    seconds: Mapped[int | None] = mapped_column(default=None)
    thumbnail_id: Mapped[int | None] = mapped_column(
        ForeignKey("blobs.id"), default=None, index=True
    )

    thumbnail: Mapped["Blob | None"] = relationship(remote_side="Blob.id")


class Asset(Model, Timestamps, SoftDelete):
    """Somebody's use of a blob in a course; `public_id` is what stored HTML refers to."""

    __tablename__ = "assets"

    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blobs.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    alt: Mapped[str] = mapped_column(String(1000), default="")

    blob: Mapped[Blob] = relationship()
    course: Mapped["Course"] = relationship()


class AssetShare(Model):
    """Another course that shows the asset: a clone has the texts of its model, and their files."""

    __tablename__ = "asset_shares"
    __table_args__ = (UniqueConstraint("asset_id", "course_id"),)

    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)


class ArrivalState(enum.StrEnum):
    """How far a file has come that a browser sends to the storage by itself."""

    WAITING = "waiting"
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"


class Arrival(Model):
    """A file on its way into `incoming/`, told from its bytes by a job before it is an asset.

    `token` names it in addresses and in the storage; `size` (bytes) is what was announced, and
    counts against the quota until it has ended. `refusal` says in words why it was not taken.
    """

    __tablename__ = "arrivals"
    __table_args__ = (
        CheckConstraint("(state = 'done') = (asset_id IS NOT NULL)", name="done_with_asset"),
    )

    token: Mapped[str] = mapped_column(String(32), unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ArrivalState] = mapped_column(default=ArrivalState.WAITING, index=True)
    refusal: Mapped[str] = mapped_column(String(500), default="")
    asset_id: Mapped[int | None] = mapped_column(
        ForeignKey("assets.id", ondelete="CASCADE"), default=None, index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    asset: Mapped[Asset | None] = relationship()
