"""Reads of certificates."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.learning.models import Certificate
from app.core.db import db
from app.core.errors import NotFound


def get_certificate(serial: str) -> Certificate:
    """Return the certificate of this serial, revoked or not, in any case; raises `NotFound`."""
    statement = (
        select(Certificate)
        .filter_by(serial=serial.upper())
        .options(joinedload(Certificate.enrollment))
    )
    certificate = db.session.execute(statement).scalar_one_or_none()
    if certificate is None:
        raise NotFound
    return certificate


def find_serial(enrollment_id: int | None) -> str | None:
    """Return the serial of the valid certificate that was earned by this enrolment."""
    statement = select(Certificate.serial).filter_by(enrollment_id=enrollment_id, revoked_at=None)
    return db.session.execute(statement).scalar_one_or_none()
