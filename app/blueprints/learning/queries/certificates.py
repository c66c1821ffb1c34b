"""Reads of certificates."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.blueprints.learning.models import Certificate
from app.core.db import db, read
from app.core.errors import NotFound

# Part of every member's page of a course, so it is built once.
_SERIAL = select(Certificate.serial).where(
    Certificate.enrollment_id == bindparam("enrollment_id"), Certificate.revoked_at.is_(None)
)


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
    return read(_SERIAL, {"enrollment_id": enrollment_id}).scalar_one_or_none()
