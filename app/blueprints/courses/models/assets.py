"""Stored bytes, and the uses that people make of them."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, SoftDelete, Timestamps


class Blob(Model, Timestamps):
    """Bytes under their digest, typed from the bytes; sizes in bytes and pixels."""

    __tablename__ = "blobs"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str] = mapped_column(String(80))
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)


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
