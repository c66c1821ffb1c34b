"""The files that the lessons of a course may show."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.courses.models import Asset, AssetShare
from app.core.db import db


def files_to_show(course_id: int, public_ids: Collection[str]) -> dict[str, Asset]:
    """Return those of the files that the course may show, its own and shared ones, with their
    blobs, by public id.
    """
    if not public_ids:
        return {}
    shared = select(AssetShare.asset_id).where(AssetShare.course_id == course_id)
    statement = (
        select(Asset)
        .options(joinedload(Asset.blob, innerjoin=True))
        .where(
            Asset.public_id.in_(public_ids),
            Asset.deleted_at.is_(None),
            or_(Asset.course_id == course_id, Asset.id.in_(shared)),
        )
    )
    return {asset.public_id: asset for asset in db.session.execute(statement).scalars()}
