"""Whom a course has asked to come, and who came; of whom it asks less."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.blueprints.accounts.models import User
from app.blueprints.enrollments.models import (
    Enrollment,
    Invitation,
    PrerequisiteWaiver,
    WaitlistEntry,
)
from app.core import clock
from app.core.db import db
from app.core.pagination import PAGE_SIZE, Page

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation, and the first few who came by it."""

    invitation: Invitation
    came: Sequence[str]
    is_open: bool


def list_invitations(course_id: int, number: int, size: int = PAGE_SIZE) -> Page[Asked]:
    """Return a page of the invitations of a course, the newest first, with who came."""
    mine = Invitation.course_id == course_id
    total = db.session.execute(select(func.count()).where(mine)).scalar_one()
    statement = (
        select(Invitation)
        .options(joinedload(Invitation.invited_by), joinedload(Invitation.cohort))
        .where(mine)
        .order_by(Invitation.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    found = db.session.execute(statement).scalars().all()
    came, now = _came([one.id for one in found]), clock.now()
    return Page(
        [Asked(one, came[one.id], _is_open(one, now)) for one in found], number, size, total
    )


def list_waivers(course_id: int) -> list[Row[PrerequisiteWaiver, User, str]]:
    """Return of whom a course does not ask for others, with the name of who decided it.

    Only of those who have come to it since, or had before: to list the others would tell who of
    any addresses have an account here.
    """
    decider = aliased(User)
    has_come = or_(
        *(
            exists().where(one.course_id == course_id, one.user_id == PrerequisiteWaiver.user_id)
            for one in (Enrollment, WaitlistEntry)
        )
    )
    statement = (
        select(PrerequisiteWaiver, User, decider.display_name)
        .join(User, User.id == PrerequisiteWaiver.user_id)
        .join(decider, decider.id == PrerequisiteWaiver.actor_id)
        .where(PrerequisiteWaiver.course_id == course_id, has_come)
        .order_by(PrerequisiteWaiver.at.desc(), PrerequisiteWaiver.id.desc())
    )
    return list(db.session.execute(statement).all())


def _came(invitation_ids: Sequence[int]) -> dict[int, list[str]]:
    place = func.row_number().over(partition_by=Enrollment.invitation_id, order_by=Enrollment.id)
    every = (
        select(Enrollment.invitation_id, User.display_name, place.label("place"))
        .join(User, User.id == Enrollment.user_id)
        .where(Enrollment.invitation_id.in_(invitation_ids))
        .subquery()
    )
    first = select(every.c.invitation_id, every.c.display_name).where(every.c.place <= MOST_NAMES)
    names: dict[int, list[str]] = defaultdict(list)
    for invitation_id, name in db.session.execute(first.order_by(every.c.place)):
        names[invitation_id].append(name)
    return names


def _is_open(one: Invitation, now: datetime) -> bool:
    return one.revoked_at is None and one.used < one.most_uses and one.expires_at > now
