"""The fields of study."""

from sqlalchemy import select

from app.blueprints.courses.models import Subject
from app.core.db import db


def list_subjects() -> list[Subject]:
    """Return all subjects by name."""
    return list(db.session.execute(select(Subject).order_by(Subject.name)).scalars())
