"""Uses of stored bytes."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.courses.models import Asset
from app.core.db import db


def find_asset(public_id: str) -> Asset | None:
    """Return the live asset with its blob, in one statement."""
    statement = (
        select(Asset)
        .options(joinedload(Asset.blob, innerjoin=True))
        .where(Asset.public_id == public_id, Asset.deleted_at.is_(None))
    )
    return db.session.execute(statement).scalar_one_or_none()
