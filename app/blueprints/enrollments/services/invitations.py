"""Asking people to take part: by e-mail, or by a link for several.

Everything is answered alike whether somebody here has an address or not. Whoever has the link may
use it, as often as it says; only its hash is kept.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import update

from app.blueprints.accounts.rules.people import clean_email
from app.blueprints.enrollments.errors import InvitationOver, NoSuchCohort
from app.blueprints.enrollments.events import Invited
from app.blueprints.enrollments.models import (
    Enrollment,
    EnrollmentStatus,
    Invitation,
    WaitlistEntry,
)
from app.blueprints.enrollments.queries.invitations import is_usable
from app.blueprints.enrollments.rules import MEMBERS
from app.blueprints.enrollments.rules.outcomes import Decided, Outcome
from app.blueprints.enrollments.services.admission import check_door
from app.blueprints.enrollments.services.bulk import open_decided
from app.blueprints.enrollments.services.enrolling import enrollment_of
from app.blueprints.enrollments.services.moves import move
from app.blueprints.enrollments.services.seating import seat_or_line
from app.blueprints.enrollments.services.seats import Seats, open_seats
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import record, record_all
from app.core.tokens import hash_of, new_seed, token_of

PURPOSE = "enrollments.invitation"
GOOD_FOR = timedelta(days=14)

S = EnrollmentStatus


def invite(
    actor: Actor,
    *,
    course_id: int,
    emails: Sequence[str],
    cohort_id: int | None = None,
    good_for: timedelta = GOOD_FOR,
) -> list[Decided]:
    """Ask whoever has these addresses to take part; each gets a link of their own by e-mail.

    A new invitation takes the place of an open one. Raises `NotFound`, `Forbidden` and
    `NoSuchCohort`.
    """
    seats = _open(actor, course_id, cohort_id)
    addresses = {typed: clean_email(typed) for typed in emails}
    for address in dict.fromkeys(filter(None, addresses.values())):
        _revoke_open(course_id, address, seats)
        made = _make(actor, seats, cohort_id, good_for, email=address)
        record(Invited(made.id, course_id, address, actor.id))
        audit.record(actor, "enrollment.invited", "course", course_id, email=address)
    return [
        Decided(typed, Outcome.INVITED if address else Outcome.UNKNOWN)
        for typed, address in addresses.items()
    ]


def invite_all(
    actor: Actor, seats: Seats, wanted: Iterable[tuple[str, int | None]], good_for: timedelta
) -> None:
    """Ask addresses that no open invitation went to, each into a cohort or none."""
    made = [_new(actor, seats, cohort_id, good_for, email=email) for email, cohort_id in wanted]
    db.session.add_all(made)
    db.session.flush()
    record_all(Invited(one.id, one.course_id, one.email, actor.id) for one in made)


def make_link(
    actor: Actor,
    *,
    course_id: int,
    most_uses: int,
    cohort_id: int | None = None,
    good_for: timedelta = GOOD_FOR,
) -> tuple[Invitation, str]:
    """Make a link for at most so many people; return it with its token, which is shown once.

    Raises `NotFound`, `Forbidden` and `NoSuchCohort`.
    """
    seats = _open(actor, course_id, cohort_id)
    made = _make(actor, seats, cohort_id, good_for, most_uses=most_uses)
    audit.record(actor, "enrollment.link_made", "course", course_id, uses=most_uses)
    return made, link_token(made)


def link_token(invitation: Invitation) -> str:
    """Return the token of the link: for the mail that carries it, and for whoever made it."""
    return token_of(PURPOSE, invitation.seed)


def revoke_invitation(actor: Actor, *, course_id: int, invitation_id: int) -> None:
    """Take an invitation back; whoever used it stays. Raises `NotFound`, `Forbidden`."""
    seats = open_decided(actor, course_id)
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.course_id != course_id:
        raise NotFound
    if invitation.revoked_at is None:
        invitation.revoked_at = seats.now
        audit.record(actor, "enrollment.uninvited", "course", course_id, email=invitation.email)


def accept_invitation(actor: Actor, *, invitation_id: int) -> Enrollment | WaitlistEntry:
    """Take a seat as the invitation says, or a place in line where none is free.

    The caller has found the invitation by its token, or among those to the actor's own address.
    Raises `NotFound`, `InvitationOver`, `NotOpen`, `PrerequisitesMissing` and `CourseFull`.
    """
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or not actor.is_authenticated:
        raise NotFound
    seats = open_seats(invitation.course_id)
    enrollment = enrollment_of(invitation.course_id, actor.id)
    if enrollment.status in MEMBERS:
        return enrollment
    check_door(seats, enrollment, invited=True)
    if enrollment.invitation_id != invitation.id:
        _use(invitation)
        enrollment.invitation_id = invitation.id
    place = seat_or_line(seats, enrollment, actor=actor, cohort_id=invitation.cohort_id)
    if isinstance(place, WaitlistEntry):
        enrollment.admitted_at = seats.now
        if enrollment.status not in (S.PENDING, S.PAUSED):
            move(enrollment, S.PENDING, actor=actor, now=seats.now)
    return place


def _open(actor: Actor, course_id: int, cohort_id: int | None) -> Seats:
    seats = open_decided(actor, course_id)
    if cohort_id is not None and cohort_id not in seats.cohorts:
        raise NoSuchCohort
    return seats


def _make(
    actor: Actor,
    seats: Seats,
    cohort_id: int | None,
    good_for: timedelta,
    *,
    email: str = "",
    most_uses: int = 1,
) -> Invitation:
    invitation = _new(actor, seats, cohort_id, good_for, email=email, most_uses=most_uses)
    db.session.add(invitation)
    db.session.flush()
    return invitation


def _new(
    actor: Actor,
    seats: Seats,
    cohort_id: int | None,
    good_for: timedelta,
    *,
    email: str,
    most_uses: int = 1,
) -> Invitation:
    seed = new_seed()
    return Invitation(
        course_id=seats.course.id,
        cohort_id=cohort_id,
        email=email,
        seed=seed,
        token_hash=hash_of(token_of(PURPOSE, seed)),
        most_uses=most_uses,
        invited_by_id=actor.id,
        created_at=seats.now,
        expires_at=seats.now + good_for,
    )


def _use(invitation: Invitation) -> None:
    """Count one use; of any number of people at once, no more than it is for."""
    statement = (
        update(Invitation)
        .where(Invitation.id == invitation.id, is_usable())
        .values(used=Invitation.used + 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(statement).one_or_none() is None:
        raise InvitationOver


def _revoke_open(course_id: int, email: str, seats: Seats) -> None:
    db.session.execute(
        update(Invitation)
        .where(Invitation.course_id == course_id, Invitation.email == email, is_usable())
        .values(revoked_at=seats.now)
        .execution_options(synchronize_session=False)
    )
