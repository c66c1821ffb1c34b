"""What others have done on a board since it was last looked at."""

from dataclasses import dataclass

from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import BuilderOperation
from app.blueprints.courses.models import CourseVersion
from app.core.db import db

MOST = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """Which columns to draw again, and what was done by whom; `everything` where it is much."""

    sequence: int
    modules: frozenset[str]
    everything: bool
    authors: tuple[str, ...]


def changes_since(version: CourseVersion, sequence: int) -> Changes | None:
    """Return what changed after operation `sequence`; None for nothing."""
    sequence = max(sequence, -1)  # before all of them; a browser may say anything
    if sequence >= version.sequence:
        return None
    rows = db.session.execute(
        select(BuilderOperation.kind, BuilderOperation.payload, User.display_name)
        .outerjoin(User, User.id == BuilderOperation.actor_id)
        .where(BuilderOperation.version_id == version.id, BuilderOperation.sequence > sequence)
        .order_by(BuilderOperation.sequence)
        .limit(MOST)
    ).all()
    touched = frozenset(key for row in rows for key in row.payload.get("touched", ()))
    structural = any(row.payload.get("structural", True) for row in rows)
    missing = len(rows) < version.sequence - sequence
    authors = tuple(dict.fromkeys(row.display_name for row in rows if row.display_name))
    return Changes(version.sequence, touched, structural or missing, authors)
