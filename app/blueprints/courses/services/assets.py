"""Uses of stored bytes in a course; the bytes are stored before, outside the transaction."""

import secrets
from collections.abc import Iterable

from sqlalchemy import literal, select

from app.blueprints.courses.errors import ForeignFile, InUse
from app.blueprints.courses.events import AssetAdded
from app.blueprints.courses.models import Asset, AssetShare, Blob, Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.queries.assets import find_own_asset, is_shown, known_assets
from app.blueprints.courses.services.quotas import hold, require_room
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.db.dialects import insert_for
from app.core.errors import Forbidden, NotFound
from app.core.events import record


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
    """Record that `course` uses the stored bytes `digest`; raises `Forbidden` and `NoRoom`.

    The same bytes in the same course are the same asset; a new one gets `public_id`, if that is
    given because texts name it already. Sizes in bytes and pixels.
    """
    if not can_edit_course(actor, course):
        raise Forbidden
    hold(actor)
    blob = ensure_blob(
        digest=digest, size=size, content_type=content_type, width=width, height=height
    )
    statement = select(Asset).filter_by(course_id=course.id, blob_id=blob.id, deleted_at=None)
    asset = db.session.execute(statement).scalars().first()
    if asset is None:
        require_room(actor, blob.size)
        asset = Asset(
            public_id=public_id or secrets.token_hex(16),
            blob=blob,
            course_id=course.id,
            owner_id=actor.id,
            name=name[:200],
            alt=alt[:1000],
        )
        db.session.add(asset)
        db.session.flush()
        record(AssetAdded(asset.id))
    return asset


def ensure_blob(
    *,
    digest: str,
    size: int,
    content_type: str,
    width: int | None = None,
    height: int | None = None,
) -> Blob:
    """Return the row of these bytes, made where there is none; it stays until the commit."""
    values = {"size": size, "content_type": content_type, "width": width, "height": height}
    now = clock.now()
    insert = insert_for(Blob).values(digest=digest, created_at=now, updated_at=now, **values)
    db.session.execute(insert.on_conflict_do_nothing(index_elements=["digest"]))
    held = select(Blob).filter_by(digest=digest).with_for_update(read=True, key_share=True)
    return db.session.execute(held).scalar_one()


def refuse_foreign_assets(course_id: int, *, before: Iterable[str], after: Iterable[str]) -> None:
    """Raise `ForeignFile` where a text comes to show files that its course does not have.

    What it showed before may stay, so that a text with a file that has gone can be mended.
    """
    added = set(after) - set(before)
    if added and added - known_assets(course_id, added):
        raise ForeignFile


def share_assets(source_id: int, target_id: int) -> None:
    """Let a copy show what its model shows: the texts are the same, and name the same files."""
    own = select(Asset.id, literal(target_id)).where(
        Asset.course_id == source_id, Asset.deleted_at.is_(None)
    )
    shared = (
        select(AssetShare.asset_id, literal(target_id))
        .join(Asset, Asset.id == AssetShare.asset_id)
        .where(AssetShare.course_id == source_id, Asset.course_id != target_id)
    )
    for rows in (own, shared):
        statement = insert_for(AssetShare).from_select(["asset_id", "course_id"], rows)
        db.session.execute(statement.on_conflict_do_nothing())


def delete_asset(actor: Actor, *, public_id: str) -> Asset:
    """Put a file of `actor`'s own away; raises `NotFound` and `InUse`.

    Its room is free at once; the bytes go with the nightly sweep, unless others use them.
    """
    asset = find_own_asset(actor.id, public_id, lock=True)
    if asset is None:
        raise NotFound
    if is_shown(asset):
        raise InUse
    asset.deleted_at = clock.db_now()
    audit.record(actor, "asset.deleted", "asset", asset.id, name=asset.name)
    return asset
