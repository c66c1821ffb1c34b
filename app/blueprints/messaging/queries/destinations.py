"""Where notices lead."""

from collections.abc import Callable
from typing import Any

from app.blueprints.courses import queries as courses
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.enrollments.services import link_token
from app.blueprints.messaging.models import Notification
from app.blueprints.messaging.rules.kind import path_of
from app.blueprints.messaging.rules.kinds import KINDS


def find_place(notice: Notification, slug: str) -> str | None:
    """Return the path that a notice leads to, with the course's present address.

    None where that is no more, for example after an invitation was answered.
    """
    if notice.kind not in KINDS:
        return None
    token = _TOKENS.get(notice.kind)
    found = token(notice.about) if token else ""
    if found is None:
        return None
    return path_of(KINDS[notice.kind], {**notice.about, "slug": slug, "token": found})


def _teaching_token(about: dict[str, Any]) -> str | None:
    invitation = courses.find_open_invitation(about["invitation"])
    return courses.token_of(invitation) if invitation else None


def _taking_token(about: dict[str, Any]) -> str | None:
    invitation = enrollments.find_open_invitation(about["invitation"])
    return link_token(invitation) if invitation else None


# Links that only those get who were sent them: nothing that opens them is kept.
_TOKENS: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "invited": _taking_token,
    "invited_to_teach": _teaching_token,
}
