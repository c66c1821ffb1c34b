"""What people are told about lines for seats, and about the seats that are held for them."""

from app.blueprints.enrollments.events import (
    Offered,
    OfferExpired,
    Reordered,
    WaitlistJoined,
    WaitlistLeft,
)
from app.blueprints.enrollments.models import EnrollmentStatus
from app.blueprints.enrollments.queries import find_enrollment
from app.blueprints.messaging.subscribers.places import tell_learner
from app.core.events import on


@on(WaitlistJoined)
def tell_who_waits(event: WaitlistJoined) -> None:
    """Tell somebody that they are in line: they asked, or were let in while every seat is taken."""
    enrollment = find_enrollment(event.user_id, event.course_id)
    is_let_in = enrollment is not None and enrollment.status is EnrollmentStatus.PENDING
    kind = "let_in_line" if is_let_in else "joined_line"
    tell_learner(kind, event.user_id, event.course_id)


@on(WaitlistLeft)
def tell_who_is_out_of_line(event: WaitlistLeft) -> None:
    """Tell somebody that another person took them out of the line, and why."""
    if event.actor_id != event.user_id:
        tell_learner("out_of_line", event.user_id, event.course_id, reason=event.reason)


@on(Reordered)
def tell_who_was_moved_in_line(event: Reordered) -> None:
    """Tell somebody their new place, and why."""
    tell_learner(
        "moved_in_line", event.user_id, event.course_id, place=event.place, reason=event.reason
    )


@on(Offered)
def tell_of_an_offer(event: Offered) -> None:
    """Tell somebody that a seat is held for them, and until when."""
    ends_at = event.ends_at.isoformat()
    tell_learner("offered", event.user_id, event.course_id, entry=event.entry_id, ends_at=ends_at)


@on(OfferExpired)
def tell_whose_offer_ran_out(event: OfferExpired) -> None:
    """Tell somebody that the seat went on to the next."""
    tell_learner("offer_expired", event.user_id, event.course_id)
