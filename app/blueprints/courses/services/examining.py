"""What is found out about a file after it was sent: its length, and a small picture of it."""

import io
from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.courses.models import Asset, Blob
from app.blueprints.courses.services.assets import ensure_blob
from app.core.db import db
from app.core.errors import Invalid
from app.core.files import ALLOWED, FileKind
from app.core.files.films import Film, measure
from app.core.files.thumbnails import draw
from app.core.storage import storage

_LARGEST_THUMBNAIL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture whose bytes are kept already; sizes in bytes and pixels."""

    digest: str
    size: int
    width: int
    height: int


def examine(asset_id: int) -> Thumbnail | Film | None:
    """Find out about the file; it takes long, so call it outside `writing()`.

    Returns None where there is nothing to find out, or the file has gone.
    """
    blob = _find_blob_of(asset_id)
    known = ALLOWED.get(blob.content_type) if blob else None
    if blob is None or known is None or known.kind not in _EXAMINED:
        return None
    try:
        with storage().open(blob.digest) as file:
            if known.kind is FileKind.IMAGE:
                return _thumbnail(io.BytesIO(file.read()), blob.content_type)
            return measure(file, blob.content_type)
    except (FileNotFoundError, Invalid):
        return None


def keep_examined(asset_id: int, found: Thumbnail | Film | None) -> None:
    """Write down what was found out."""
    blob = _find_blob_of(asset_id, lock=True)
    if blob is None or found is None:
        return
    if isinstance(found, Film):
        blob.seconds = found.seconds
        blob.width, blob.height = blob.width or found.width, blob.height or found.height
        return
    small = ensure_blob(
        digest=found.digest,
        size=found.size,
        content_type="image/webp",
        width=found.width,
        height=found.height,
    )
    blob.thumbnail_id = small.id


_EXAMINED = (FileKind.IMAGE, FileKind.VIDEO, FileKind.AUDIO)


def _find_blob_of(asset_id: int, *, lock: bool = False) -> Blob | None:
    statement = select(Blob).join(Asset, Asset.blob_id == Blob.id).where(Asset.id == asset_id)
    if lock:
        statement = statement.with_for_update(of=Blob)
    return db.session.execute(statement).scalar_one_or_none()


def _thumbnail(source: io.BytesIO, content_type: str) -> Thumbnail:
    drawn = io.BytesIO()
    width, height = draw(source, content_type, drawn)
    drawn.seek(0)
    digest, size = storage().put(drawn, most=_LARGEST_THUMBNAIL)
    return Thumbnail(digest, size, width, height)
