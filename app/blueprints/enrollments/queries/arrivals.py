"""How the people of a list stand in a course, and what room there is for them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, func, select

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    Invitation,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries.invitations import is_usable
from app.blueprints.enrollments.rules.arrivals import Known, Room
from app.core.db import db, parts_of


def known_people(course_id: int, emails: Sequence[str]) -> dict[str, Known]:
    """Return those of the addresses that somebody has, or that were asked to come.

    Addresses are in their one spelling; one statement for a thousand of them, and one more.
    """
    found = {email: Known(is_asked=True) for email in _asked(course_id)}
    for some in parts_of(emails):
        found |= dict(_known(course_id, some))
    return found


def room_of(course: Course, cohorts: Sequence[Cohort]) -> Room:
    """Return what room there is now."""
    waiting = select(WaitlistEntry.cohort_id).where(
        WaitlistEntry.course_id == course.id, WaitlistEntry.state == WaitlistState.WAITING
    )
    return Room(
        free=course.seats.free,
        has_waitlist=course.has_waitlist,
        cohorts={one.name.casefold(): one.id for one in cohorts},
        free_in={one.id: one.seats.free for one in cohorts},
        waiting=set(db.session.execute(waiting.distinct()).scalars()),
    )


def _asked(course_id: int) -> Sequence[str]:
    statement = select(Invitation.email).where(
        Invitation.course_id == course_id, Invitation.email != "", is_usable()
    )
    return db.session.execute(statement).scalars().all()


def _known(course_id: int, emails: Sequence[str]) -> Iterator[tuple[str, Known]]:
    address = func.lower(User.email)
    statement = (
        select(
            address,
            User.id,
            User.disabled_at.is_not(None),
            Enrollment.status,
            Enrollment.cohort_id,
            func.coalesce(Enrollment.holds_seat, False),
            WaitlistEntry.state,
        )
        .outerjoin(
            Enrollment, and_(Enrollment.user_id == User.id, Enrollment.course_id == course_id)
        )
        .outerjoin(
            WaitlistEntry,
            and_(
                WaitlistEntry.user_id == User.id,
                WaitlistEntry.course_id == course_id,
                WaitlistEntry.ended_at.is_(None),
            ),
        )
        .where(address.in_(emails))
    )
    for email, *how in db.session.execute(statement):
        yield email, Known(*how)
