"""What learners and those who decide are told about places in courses, once each."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.blueprints.courses.models import Course, EnrollmentType
from app.blueprints.enrollments import queries as enrolments
from app.blueprints.enrollments import services
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.messaging import services as messaging
from app.blueprints.messaging.models import MailState
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, writing
from app.core.outbox.models import OutboxEntry
from app.core.outbox.relay import drain
from app.core.outbox.runners import LocalRunner
from app.core.tokens import hash_of
from tests.enrollments.acts import fill, person, take_seat, teacher_of, wait
from tests.factories.accounts import actor_for, make_user
from tests.factories.courses import make_course, owner_of
from tests.messaging.post import mails, notices_of, post, told_to
from tests.support import both_databases

pytestmark = pytest.mark.usefixtures("app")
WHY = "The group is full of beginners."


def ask(course: Course, learner: Actor) -> Enrollment:
    """Ask to take part."""
    with writing():
        return services.request_place(learner, course_id=course.id, message="Please")


def subjects() -> list[str]:
    """The subjects of all mail, after everything that is due is done."""
    return [str(one.message["Subject"]) for one in post()]


@both_databases
def test_those_who_decide_get_one_notice_a_day_that_counts() -> None:
    course = make_course("Loops", enrollment_type=EnrollmentType.APPROVAL)
    for number in range(3):
        ask(course, person(f"Ada {number}"))
        post()
    (notice,) = notices_of(owner_of(course))
    assert (notice.kind, notice.about["count"]) == ("requests", 3)
    assert subjects() == ["Requests wait in “Loops”"]
    with clock.freeze(clock.now() + timedelta(days=1)):
        ask(course, person("Ada the next day"))
        assert len(post()) == 2


def test_a_request_that_was_read_is_new_again_when_another_comes() -> None:
    course = make_course("Loops", enrollment_type=EnrollmentType.APPROVAL)
    owner = owner_of(course)
    ask(course, person())
    post()
    with writing():
        messaging.mark_all_read(teacher_of(course), until=10**9)
    ask(course, person("Ben Idris"))
    post()
    (notice,) = notices_of(owner)
    assert notice.read_at is None


@both_databases
def test_an_approval_is_told_once_and_a_refusal_with_its_reason() -> None:
    course = make_course("Loops", enrollment_type=EnrollmentType.APPROVAL)
    ada, ben = person(), person("Ben Idris")
    yes, no = ask(course, ada), ask(course, ben)
    post()
    teacher = teacher_of(course)
    with writing():
        services.approve(teacher, course_id=course.id, enrollment_ids=[yes.id])
        services.reject(teacher, course_id=course.id, enrollment_ids=[no.id], reason=WHY)
    letters = post()[1:]
    assert told_to(ada) == ["let_in"]
    assert told_to(ben) == ["rejected"]
    refusal = next(one for one in letters if ben.email in str(one.message["To"]))
    assert f"> {WHY}" in refusal.part("plain")
    assert WHY in refusal.part("html")


def test_who_is_let_into_a_full_course_hears_that_they_wait() -> None:
    course = make_course("Loops", enrollment_type=EnrollmentType.APPROVAL, capacity=1)
    fill(course, "Eve Hart")
    ada = person()
    asked = ask(course, ada)
    with writing():
        services.approve(teacher_of(course), course_id=course.id, enrollment_ids=[asked.id])
    post()
    assert told_to(ada) == ["let_in_line"]


@both_databases
def test_the_line_is_told_from_its_beginning_to_an_offer_that_ran_out() -> None:
    course = make_course("Loops", capacity=1)
    (seated,) = fill(course, "Eve Hart")
    ada, ben = person(), person("Ben Idris")
    wait(ada, course)
    entry = wait(ben, course)
    with writing():
        services.reorder(
            teacher_of(course), course_id=course.id, entry_id=entry.id, place=1, reason=WHY
        )
    with writing():
        services.withdraw(seated, course_id=course.id)
    letters = post()
    assert told_to(ben) == ["joined_line", "moved_in_line", "offered"]
    offer = next(one for one in letters if "held for you" in str(one.message["Subject"]))
    ends_at = notices_of(ben)[-1].about["ends_at"]
    said = datetime.fromisoformat(ends_at).strftime("%H:%M UTC")
    assert said in offer.part("plain")
    assert told_to(seated) == []
    with clock.freeze(clock.now() + timedelta(days=3)):
        with writing():
            services.look_at_seats(course_id=course.id)
        post()
    assert told_to(ben)[-1] == "offer_expired"
    assert told_to(ada)[-1] == "offered"


def test_an_offer_that_was_answered_before_its_mail_left_is_not_mailed() -> None:
    course = make_course("Loops", capacity=1)
    (seated,) = fill(course, "Eve Hart")
    ada = person()
    wait(ada, course)
    with writing():
        services.withdraw(seated, course_id=course.id)
    with writing():
        services.take_offer(ada, course_id=course.id)
    letters = subjects()
    assert told_to(ada) == ["joined_line", "offered"]
    assert letters == ["You are in line for “Loops”"]
    assert mails()[-1].state is MailState.DROPPED


def test_what_teachers_do_is_told_with_their_reason_and_ones_own_acts_are_not() -> None:
    course = make_course("Loops")
    teacher, ada = teacher_of(course), person()
    place = take_seat(ada, course)
    post()
    assert told_to(ada) == []
    with writing():
        cohort = services.add_cohort(
            teacher, course_id=course.id, plan=services.CohortPlan(name="Autumn")
        )
    with writing():
        services.move_to_cohort(
            teacher, course_id=course.id, enrollment_ids=[place.id], cohort_id=cohort.id
        )
    with writing():
        services.take_out(teacher, course_id=course.id, enrollment_ids=[place.id], reason=WHY)
    post()
    moved, out = notices_of(ada)
    assert (moved.kind, moved.about["cohort"]) == ("cohort", "Autumn")
    assert (out.kind, out.about["reason"]) == ("taken_out", WHY)


@pytest.mark.parametrize("has_account", [True, False])
def test_an_invitation_comes_with_a_link_that_opens_it(has_account: bool) -> None:
    if has_account:
        make_user("Guest", email="guest@example.org")
    course = make_course("Loops", enrollment_type=EnrollmentType.RESTRICTED)
    with writing():
        services.invite(teacher_of(course), course_id=course.id, emails=["guest@example.org"])
    (letter,) = post()
    token = letter.part("plain").partition("/invitations/")[2].split()[0]
    found = enrolments.find_invitation(hash_of(token))
    assert found
    assert found.course_id == course.id
    rows = db.session.execute(select(OutboxEntry.payload)).scalars().all()
    assert token not in str(rows)


def test_a_deleted_course_and_a_disabled_person_get_no_mail() -> None:
    kept, gone = make_course("Loops", capacity=1), make_course("Gone", capacity=1)
    for course in (kept, gone):
        fill(course, "Eve Hart")
    ada, ben = make_user("Ada Okafor"), make_user("Ben Idris")
    wait(actor_for(ada), gone)
    wait(actor_for(ben), kept)
    drain(LocalRunner(("default",)))
    with writing():
        db.session.execute(
            update(Course).where(Course.id == gone.id).values(deleted_at=clock.now())
        )
        db.session.merge(ben).disabled_at = clock.now()
    assert post() == []
    assert {one.state for one in mails()} == {MailState.DROPPED}
    assert {one.reason for one in mails()} == {"The course is deleted.", "The account is disabled."}
