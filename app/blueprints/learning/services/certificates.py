"""Certificates: issued once for a completed enrolment, revoked with a reason."""

import base64
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, insert, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseVersion
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.learning import policies
from app.blueprints.learning.events import CertificateIssued, CertificateRevoked
from app.blueprints.learning.models import Certificate
from app.blueprints.learning.queries.standing import version_id
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.events import record
from app.core.i18n import lazy_gettext as _l

SERIAL_BYTES = 16


def new_serial() -> str:
    """Return an unguessable serial: 128 random bits as 26 letters and digits."""
    return base64.b32encode(secrets.token_bytes(SERIAL_BYTES)).decode().rstrip("=")


def issue_certificates(enrollment_ids: Sequence[int]) -> None:
    """Certify these completed enrolments on their versions, where the version says so."""
    rows = [_certificate(row) for row in _earned(enrollment_ids)]
    if rows:
        db.session.execute(insert(Certificate), rows)
    for one in rows:
        record(CertificateIssued(one["enrollment_id"], one["serial"]))


def revoke_certificate(actor: Actor, *, serial: str, reason: str) -> Certificate:
    """Declare a certificate void, once; raises `NotFound`, `Forbidden`, and `Invalid` without
    a reason.
    """
    statement = select(Certificate).filter_by(serial=serial.upper()).with_for_update()
    certificate = db.session.execute(statement).scalar_one_or_none()
    if certificate is None:
        raise NotFound
    if not policies.can_revoke(actor, certificate.course):
        raise Forbidden
    if not reason.strip():
        raise Invalid(fields={"reason": _l("Say why, so that the learner knows.")})
    if certificate.revoked_at is None:
        certificate.revoked_at = clock.db_now()
        certificate.revoked_reason = reason.strip()
        audit.record(actor, "certificate.revoked", "certificate", certificate.id, reason=reason)
        record(CertificateRevoked(certificate.enrollment_id, certificate.serial, reason.strip()))
    return certificate


def _earned(enrollment_ids: Sequence[int]) -> Iterator[Row[int, int, str, str, int | None]]:
    return iter(
        db.session.execute(
            select(
                Enrollment.id,
                Enrollment.course_id,
                User.display_name,
                CourseVersion.title,
                CourseVersion.number,
            )
            .join(User, User.id == Enrollment.user_id)
            .join(Course, Course.id == Enrollment.course_id)
            .join(CourseVersion, CourseVersion.id == version_id)
            .where(Enrollment.id.in_(enrollment_ids), CourseVersion.gives_certificate)
        )
    )


def _certificate(row: Row[int, int, str, str, int | None]) -> dict[str, Any]:
    return {
        "enrollment_id": row.id,
        "course_id": row.course_id,
        "serial": new_serial(),
        "learner_name": row.display_name,
        "course_title": row.title,
        "version_number": row.number,
    }
