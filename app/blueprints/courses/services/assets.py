"""Uses of stored bytes in a course; the bytes are stored before, outside the transaction."""

import secrets

from sqlalchemy import select

from app.blueprints.courses.models import Asset, Blob, Course
from app.blueprints.courses.policies import can_edit_course
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden


def create_asset(
    actor: Actor,
    course: Course,
    *,
    digest: str,
    size: int,
    content_type: str,
    name: str,
    alt: str = "",
    width: int | None = None,
    height: int | None = None,
    public_id: str | None = None,
) -> Asset:
    """Record that `course` uses the stored bytes `digest` (size in bytes); raises `Forbidden`.

    The same bytes in the same course are the same asset; a new one gets `public_id`, if that is
    given because texts name it already.
    """
    if not can_edit_course(actor, course):
        raise Forbidden
    blob = _find_blob(digest)
    if blob is None:
        blob = Blob(digest=digest, size=size, content_type=content_type, width=width, height=height)
        db.session.add(blob)
        db.session.flush()
    statement = select(Asset).filter_by(course_id=course.id, blob_id=blob.id, deleted_at=None)
    asset = db.session.execute(statement).scalars().first()
    if asset is None:
        asset = Asset(
            public_id=public_id or secrets.token_hex(16),
            blob_id=blob.id,
            course_id=course.id,
            owner_id=actor.id,
            name=name[:200],
            alt=alt[:1000],
        )
        db.session.add(asset)
        db.session.flush()
    return asset


def _find_blob(digest: str) -> Blob | None:
    return db.session.execute(select(Blob).filter_by(digest=digest)).scalar_one_or_none()
