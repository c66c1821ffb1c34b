"""The numbers above the pages about people, and those who wait for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Row,
    String,
    bindparam,
    exists,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseInstructor, CoursePrerequisite
from app.blueprints.courses.policies import EDITORS
from app.blueprints.enrollments.models import (
    Cohort,
    Enrollment,
    EnrollmentStatus,
    Invitation,
    WaitlistEntry,
    WaitlistState,
)
from app.blueprints.enrollments.queries.invitations import is_usable
from app.blueprints.enrollments.rules.roster import Standing
from app.core.db import db, read
from app.core.pagination import PAGE_SIZE, Page

_COURSE_ID: BindParameter[int] = bindparam("course_id")
_IS_IN_LINE = (WaitlistEntry.course_id == _COURSE_ID, WaitlistEntry.ended_at.is_(None))
_IS_ASKING = (
    Enrollment.status == EnrollmentStatus.PENDING,
    Enrollment.admitted_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many there are of what the pages about people show.

    Pending are those who ask, and not those who were let in and wait for a seat: `outside` counts
    these, and whoever else stands in the line without having been in the course.
    """

    statuses: dict[Standing, int]
    asking: int
    waiting: int
    offered: int
    outside: int
    invited: int
    required: int

    @property
    def standings(self) -> dict[Standing, int]:
        """Return how many stand how, for those where anybody does."""
        line = {WaitlistState.OFFERED: self.offered, WaitlistState.WAITING: self.waiting}
        return {**self.statuses, **{one: number for one, number in line.items() if number}}

    @property
    def everybody(self) -> int:
        """Return how many the roster has in all."""
        return sum(self.statuses.values()) + self.outside


def count_people(course_id: int) -> PeopleCounts:
    """Return the numbers of the pages about people, in one statement."""
    rows = read(_numbers(), {"course_id": course_id})
    found: dict[str, int] = {row.what: row.number for row in rows}
    if found["asking"]:
        found[EnrollmentStatus.PENDING] = found["asking"]
    return PeopleCounts(
        statuses={one: found[one.value] for one in EnrollmentStatus if one.value in found},
        asking=found["asking"],
        waiting=found.get(WaitlistState.WAITING, 0),
        offered=found.get(WaitlistState.OFFERED, 0),
        outside=found["outside"],
        invited=found["invited"],
        required=found["required"],
    )


@cache
def _numbers() -> CompoundSelect[*tuple[Any, ...]]:
    """Return (what, number) of everything that is counted."""
    statuses = (
        select(type_coerce(Enrollment.status, String).label("what"), func.count().label("number"))
        .where(Enrollment.course_id == _COURSE_ID, Enrollment.status != EnrollmentStatus.PENDING)
        .group_by(Enrollment.status)
    )
    line = (
        select(type_coerce(WaitlistEntry.state, String), func.count())
        .where(*_IS_IN_LINE)
        .group_by(WaitlistEntry.state)
    )
    outside = select(literal("outside"), func.count()).where(
        *_IS_IN_LINE,
        ~exists().where(
            Enrollment.course_id == _COURSE_ID,
            Enrollment.user_id == WaitlistEntry.user_id,
            Enrollment.status != EnrollmentStatus.PENDING,
        ),
    )
    asking = select(literal("asking"), func.count()).where(
        Enrollment.course_id == _COURSE_ID, *_IS_ASKING
    )
    invited = select(literal("invited"), func.count()).where(
        Invitation.course_id == _COURSE_ID, is_usable()
    )
    required = select(literal("required"), func.count()).where(
        CoursePrerequisite.course_id == _COURSE_ID
    )
    return union_all(statuses, line, outside, asking, invited, required)


def list_requests(
    course_id: int, number: int, size: int = PAGE_SIZE
) -> Page[Row[Enrollment, User, str | None]]:
    """Return a page of those who wait for an answer, who asked first being the first."""
    asking = (Enrollment.course_id == course_id, *_IS_ASKING)
    total = db.session.execute(select(func.count()).where(*asking)).scalar_one()
    statement = (
        select(Enrollment, User, Cohort.name)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(*asking)
        .order_by(Enrollment.ticket, Enrollment.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page(list(db.session.execute(statement).all()), number, size, total)


def requests_to(user_id: int) -> Sequence[Row[str, str, int]]:
    """Return (slug, title, how many ask) of courses in which this person decides who takes part."""
    statement = (
        select(Course.slug, Course.title, func.count())
        .join(Enrollment, Enrollment.course_id == Course.id)
        .join(CourseInstructor, CourseInstructor.course_id == Course.id)
        .where(
            CourseInstructor.user_id == user_id,
            CourseInstructor.role.in_(EDITORS),
            Course.deleted_at.is_(None),
            *_IS_ASKING,
        )
        .group_by(Course.id, Course.slug, Course.title)
        .order_by(func.min(Enrollment.requested_at), Course.id)
    )
    return db.session.execute(statement).all()
