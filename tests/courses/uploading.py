"""How tests send files, and what they find in the storage afterwards."""

import io
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Asset, Blob, Course
from app.blueprints.courses.services.uploads import add_upload, received
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from app.core.outbox.run import run_entry
from app.core.storage import storage
from tests.factories.accounts import actor_for
from tests.support.client import CheckedClient

JSON = {"Accept": "application/json"}


def send(
    client: CheckedClient, course: Course, content: bytes, name: str = "map.png", **fields: Any
) -> TestResponse:
    """The answer to a file that is sent into the course."""
    return client.post(
        f"/teaching/{course.slug}/assets",
        data={"file": (io.BytesIO(content), name), **fields},
        headers=JSON,
    )


def upload(user: User, course: Course, content: bytes, name: str = "map.png") -> Asset:
    """The asset of a file that `user` sends, without HTTP."""
    actor = actor_for(user)
    with received(actor, course, stream=io.BytesIO(content), name=name) as one, writing():
        return add_upload(actor, course_id=course.id, upload=one)


def run_media_jobs() -> int:
    """Run what waits for the worker of media; return how many there were."""
    waiting = select(OutboxEntry.id).where(
        OutboxEntry.queue == "media", OutboxEntry.done_at.is_(None)
    )
    ids = db.session.execute(waiting).scalars().all()
    assert all(run_entry(one) for one in ids)
    db.session.rollback()
    return len(ids)


def kept_files() -> set[Path]:
    """Every file of the storage, half ones too."""
    root: Path = storage().root  # type: ignore[attr-defined]
    return {path for path in root.rglob("*") if path.is_file()}


def rows() -> tuple[int, int]:
    """How many assets and blobs there are."""
    assets = db.session.execute(select(func.count(Asset.id))).scalar_one()
    return assets, db.session.execute(select(func.count(Blob.id))).scalar_one()
