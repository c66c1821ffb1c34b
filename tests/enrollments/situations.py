"""Every situation in which somebody can stand before a course, each made by itself.

Each builder puts a learner into one and returns the course; `SITUATIONS` names the words by which
the card tells them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CoursePrerequisite, CourseStatus, EnrollmentType
from app.blueprints.enrollments import queries, services
from app.blueprints.enrollments.models import WaitlistEntry, WaitlistState
from app.blueprints.learning import services as learning
from app.core import clock
from app.core.db import db, writing
from tests.enrollments.acts import (
    fill,
    let_go,
    person,
    queue,
    take_seat,
    teacher_of,
    wait,
    withdraw,
)
from tests.factories import saving
from tests.factories.accounts import actor_for
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment

APPROVAL, RESTRICTED = EnrollmentType.APPROVAL, EnrollmentType.RESTRICTED
MESSAGE = "I teach gardening to children and would like to show them how soil works."


def _course(title: str = "Soil and seed", **fields: Any) -> Course:
    return make_course(title, lessons=4, **fields)


def _full(seats: int = 1, **fields: Any) -> Course:
    course = _course(capacity=seats, **fields)
    fill(course, *(f"Seated {n}" for n in range(seats)))
    return course


def asked(user: User, **fields: Any) -> Course:
    """Somebody has asked for a place, in so many words."""
    course = _course(enrollment_type=APPROVAL, **fields)
    with writing():
        services.request_place(actor_for(user), course_id=course.id, message=MESSAGE)
    return course


def rejected(user: User) -> Course:
    """The request was refused, for a reason."""
    course = asked(user)
    _each(course, user, services.reject, reason="This round is for those who begin.")
    return course


def let_in_without_a_seat(user: User) -> Course:
    """The request was approved when every seat was taken."""
    course = asked(user, capacity=1)
    fill(course, "Ben Idris")
    with writing():
        made = services.request_place(actor_for(user), course_id=course.id).id
        services.approve(teacher_of(course), course_id=course.id, enrollment_ids=[made])
    return course


def in_line(user: User) -> Course:
    """Somebody waits behind two others."""
    course = _full(2)
    queue(course, 2)
    wait(actor_for(user), course)
    return course


def moved_in_line(user: User) -> Course:
    """Somebody was put first in line."""
    course = _full()
    queue(course, 1)
    entry = wait(actor_for(user), course)
    with writing():
        services.reorder(
            teacher_of(course), course_id=course.id, entry_id=entry.id, place=1, reason="Was ill"
        )
    return course


def offered(user: User) -> Course:
    """A seat is held for somebody, and two wait behind them."""
    course = _course(capacity=1)
    [seated] = fill(course, "Ben Idris")
    wait(actor_for(user), course)
    queue(course, 2)
    withdraw(seated, course)
    return course


def offer_ended(user: User) -> Course:
    """The offer has run out."""
    course = offered(user)
    end_offers(course)
    return course


def end_offers(course: Course, after: timedelta = -timedelta(minutes=1)) -> None:
    """Let the open offers of a course end so long from now; they have, unless told."""
    ends_at = clock.now() + after
    with saving():
        db.session.execute(
            update(WaitlistEntry)
            .where(
                WaitlistEntry.course_id == course.id, WaitlistEntry.state == WaitlistState.OFFERED
            )
            .values(offer_ends_at=ends_at)
        )


def declined(user: User) -> Course:
    """Somebody let the seat go; the next in line holds it."""
    course = offered(user)
    let_go(actor_for(user), course)
    return course


def taken_out_of_line(user: User) -> Course:
    """Somebody was taken out of the line, for a reason."""
    course = _full()
    entry = wait(actor_for(user), course)
    with writing():
        services.remove_from_line(
            teacher_of(course), course_id=course.id, entry_id=entry.id, reason="You asked us to"
        )
    return course


def member(user: User, lessons: int = 0, **fields: Any) -> Course:
    """Somebody takes part, and has done so many lessons."""
    course = _course(**fields)
    actor = actor_for(user)
    take_seat(actor, course)
    for n in range(1, lessons + 1):
        with writing():
            learning.complete_lesson(
                actor, course_id=course.id, lesson_key=f"l{n}", version_number=1
            )
    return course


def in_cohort(user: User) -> Course:
    """Somebody takes part in a group."""
    course, made = _with_cohorts(10)
    take_seat(actor_for(user), course, made[0])
    return course


def paused(user: User) -> Course:
    """Somebody's place is on hold."""
    course = member(user, 1)
    with writing():
        services.pause(actor_for(user), course_id=course.id)
    return course


def left(user: User) -> Course:
    """Somebody left by themselves."""
    course = member(user, 1)
    withdraw(actor_for(user), course)
    return course


def left_a_full_one(user: User) -> Course:
    """Somebody left, and others sit there now."""
    course = member(user, 1, capacity=1)
    withdraw(actor_for(user), course)
    fill(course, "Ben Idris")
    return course


def taken_out(user: User) -> Course:
    """Somebody was taken out, for a reason."""
    course = member(user)
    _each(course, user, services.take_out, reason="You were not seen for a month.")
    return course


def first_comes_another(user: User) -> Course:
    """Two courses come first, of which one is begun."""
    course, begun, other = _course(), _course("The garden year"), _course("Compost")
    with saving():
        for one in (begun, other):
            db.session.add(CoursePrerequisite(course_id=course.id, required_id=one.id))
    make_enrollment(user, begun)
    return course


def invited(user: User, **fields: Any) -> Course:
    """Somebody's address was invited."""
    course = _course(enrollment_type=RESTRICTED, **fields)
    if course.seats.capacity:
        fill(course, "Ben Idris")
    with writing():
        services.invite(teacher_of(course), course_id=course.id, emails=[user.email])
    return course


def groups_to_choose(user: User) -> Course:
    """Two groups are open, of which one is full."""
    course, made = _with_cohorts(1)
    take_seat(person("Ben Idris"), course, made[0])
    return course


def window(**fields: timedelta) -> Course:
    """Enrolment opens or closes at another time than now."""
    moments: dict[str, Any] = {name: clock.now() + by for name, by in fields.items()}
    return _course(**moments)


def _with_cohorts(seats: int) -> tuple[Course, list[int]]:
    course = _course()
    plans = [
        services.CohortPlan("Spring", seats, starts_on=date(2027, 3, 1)),
        services.CohortPlan("Autumn, in the evening", 12, starts_on=date(2027, 9, 6)),
    ]
    with writing():
        owner = teacher_of(course)
        made = [services.add_cohort(owner, course_id=course.id, plan=one).id for one in plans]
    return course, made


def _each(course: Course, user: User, command: Callable[..., object], *, reason: str) -> None:
    """Let a teacher decide about the learner's enrolment."""
    with writing():
        mine = queries.find_enrollment(user.id, course.id)
        assert mine
        command(teacher_of(course), course_id=course.id, enrollment_ids=[mine.id], reason=reason)


Situation = tuple[Callable[[User], Course], str]

SITUATIONS: dict[str, Situation] = {
    "a seat is free": (lambda _: _course(), "Enrol"),
    "some seats are free": (lambda _: _course(capacity=20, taken=17), "3 of 20 free"),
    "one asks for a place": (lambda _: _course(enrollment_type=APPROVAL), "Ask for a place"),
    "one asks while it is full": (
        lambda _: _full(enrollment_type=APPROVAL),
        "by the time of your request",
    ),
    "one waits for an answer": (asked, "You have asked to take part"),
    "one was refused": (rejected, "You were not admitted"),
    "full": (lambda _: _full(2), "Join the waitlist"),
    "full without a line": (lambda _: _full(2, has_waitlist=False), "This course is full"),
    "in line": (in_line, "You are number 3 of 3 in line"),
    "moved in line": (moved_in_line, "You were moved in the line"),
    "let in without a seat": (let_in_without_a_seat, "You are let in and wait for a seat"),
    "offered": (offered, "A seat is yours"),
    "offer ended": (offer_ended, "Your offer has ended"),
    "offer declined": (declined, "You let the seat go"),
    "taken out of the line": (taken_out_of_line, "You were taken out of the line"),
    "begins": (member, "Begin"),
    "goes on": (lambda user: member(user, 2), "Continue"),
    "in a group": (in_cohort, "Your group"),
    "completed": (lambda user: member(user, 4), "You have completed this course"),
    "on hold": (paused, "Your place is on hold"),
    "left": (left, "You left this course"),
    "left a full one": (left_a_full_one, "Join the waitlist"),
    "taken out": (taken_out, "You were taken out of this course"),
    "something comes first": (first_comes_another, "Something comes first"),
    "for the invited": (lambda _: _course(enrollment_type=RESTRICTED), "those who were invited"),
    "invited": (invited, "You are invited"),
    "invited to a full one": (lambda user: invited(user, capacity=1), "You are invited"),
    "groups to choose": (groups_to_choose, "Your group"),
    "not open yet": (
        lambda _: window(enrolment_opens_at=timedelta(days=3)),
        "Enrolment opens on",
    ),
    "closed": (lambda _: window(enrolment_closes_at=-timedelta(days=3)), "Enrolment closed on"),
    "archived": (lambda _: _course(status=CourseStatus.ARCHIVED), "has ended"),
}
STRANGERS = ("a seat is free", "one asks for a place", "full", "for the invited")
