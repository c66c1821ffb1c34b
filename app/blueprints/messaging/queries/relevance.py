"""Whether what a notice is about still waits for its reader, when its mail is about to leave."""

from collections.abc import Callable

from app.blueprints.builder.models import ReviewRequest, ReviewState
from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.blueprints.messaging.models import Notification
from app.blueprints.messaging.queries.people import count_requests
from app.core.db import db


def still_waits(notice: Notification) -> bool:
    """Tell whether there is still something to do; what only tells is always told."""
    asks = _ASKS.get(notice.kind)
    return asks is None or asks(notice)


def _is_offered(notice: Notification) -> bool:
    entry = db.session.get(WaitlistEntry, notice.about["entry"])
    return entry is not None and entry.state is WaitlistState.OFFERED


def _is_under_review(notice: Notification) -> bool:
    request = db.session.get(ReviewRequest, notice.about["request"])
    return request is not None and request.state is ReviewState.OPEN


def _has_requests(notice: Notification) -> bool:
    return bool(notice.course_id and count_requests(notice.course_id))


_ASKS: dict[str, Callable[[Notification], bool]] = {
    "offered": _is_offered,
    "review_asked": _is_under_review,
    "requests": _has_requests,
}
