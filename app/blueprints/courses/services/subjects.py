"""Subjects: what courses are about."""

from slugify import slugify
from sqlalchemy import select

from app.blueprints.courses.models import Subject
from app.core.db import db


def ensure_subject(name: str) -> Subject:
    """Return the subject of that name, made if it is not there."""
    named = select(Subject).where(Subject.name == name)
    subject = db.session.execute(named).scalar_one_or_none()
    if subject is None:
        subject = Subject(name=name, slug=slugify(name))
        db.session.add(subject)
        db.session.flush()
    return subject
