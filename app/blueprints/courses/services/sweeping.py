"""Putting out what nothing refers to any more."""

from datetime import timedelta
from itertools import islice

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import aliased

from app.blueprints.courses.models import (
    Arrival,
    ArrivalState,
    Asset,
    Blob,
    CourseVersion,
    Lesson,
    LessonBody,
    LessonBodyAsset,
)
from app.core import clock
from app.core.db import db
from app.core.registries import hooks
from app.core.storage import storage

# A body, a blob or a file may be made a moment before what will refer to it.
SPARED = timedelta(days=1)
# A file that was announced and did not come within this time no longer counts for the quota.
AWAITED = timedelta(hours=2)
_AT_ONCE = 500
_log = structlog.get_logger(__name__)


def sweep_bodies() -> None:
    """Delete the bodies that no lesson of any version points to."""
    statement = delete(LessonBody).where(
        LessonBody.created_at < clock.now() - SPARED,
        ~exists().where(Lesson.body_id == LessonBody.id),
    )
    db.session.execute(statement)


def sweep_assets() -> None:
    """Erase files that were put away a day ago, and the rows of bytes that nobody uses any more."""
    before = clock.now() - SPARED
    db.session.execute(
        delete(Asset).where(
            Asset.deleted_at < before,
            ~exists().where(LessonBodyAsset.asset_id == Asset.id),
            ~exists().where(CourseVersion.cover_id == Asset.id),
        )
    )
    # Twice: a small picture is nobody's only when its large one has gone.
    for _ in range(2):
        large = aliased(Blob)
        unused = (
            Blob.created_at < before,
            ~exists().where(Asset.blob_id == Blob.id),
            ~exists().where(large.thumbnail_id == Blob.id),
        )
        # Those that an upload holds at this moment are about to be used.
        free = select(Blob.id).where(*unused).with_for_update(skip_locked=True)
        ids = db.session.execute(free).scalars().all()
        db.session.execute(delete(Blob).where(Blob.id.in_(ids), *unused))


def sweep_arrivals() -> None:
    """Forget files that were announced and never came, and those that ended yesterday."""
    now = clock.now()
    silent = (Arrival.state == ArrivalState.WAITING) & (Arrival.created_at < now - AWAITED)
    db.session.execute(delete(Arrival).where(silent | (Arrival.created_at < now - SPARED)))


def sweep_files() -> None:
    """Remove stored bytes that no row knows, and what is stuck in `incoming/`.

    It takes long and writes no row, so call it outside `writing()`. Higher floors name what they
    keep without a row of ours through the hook `storage.in_use`, which gets a list of digests.
    """
    before, store = clock.now() - SPARED, storage()
    digests, gone = store.kept_before(before), store.sweep_incoming(before)
    while batch := list(islice(digests, _AT_ONCE)):
        known = set(db.session.execute(select(Blob.digest).where(Blob.digest.in_(batch))).scalars())
        known.update(*hooks.call("storage.in_use", batch))
        gone += sum(store.delete(digest, before=before) for digest in set(batch) - known)
    _log.info("files_swept", number=gone)
