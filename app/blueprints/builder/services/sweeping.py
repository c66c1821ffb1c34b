"""Putting out what authoring no longer needs."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from app.blueprints.builder.models import BuilderOperation
from app.blueprints.courses.models import CourseVersion
from app.core import clock
from app.core.db import db

# What was done longer ago than this stays on record, but can no longer be taken back.
WAYS_BACK_KEPT = timedelta(days=90)


def forget_ways_back() -> None:
    """Drop the inverses, with the texts in them, of old operations and of published versions."""
    published = select(CourseVersion.id).where(CourseVersion.number.is_not(None))
    operations = BuilderOperation
    statement = (
        update(operations)
        .where(
            operations.inverse.is_not(None),
            or_(
                operations.at < clock.now() - WAYS_BACK_KEPT,
                operations.version_id.in_(published),
            ),
        )
        .values(inverse=None)
    )
    db.session.execute(statement.execution_options(synchronize_session=False))
