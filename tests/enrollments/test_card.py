"""The enrol card over HTTP: each situation with its one next step, plainly and as a part."""

import re
from datetime import timedelta

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import CoursePrerequisite, EnrollmentType
from app.blueprints.enrollments import services
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.core import clock
from app.core.db import db, writing
from tests.enrollments.acts import fill, person, queue, standing, taken, teacher_of, withdraw
from tests.enrollments.cards import card, send
from tests.factories import saving
from tests.factories.accounts import actor_for
from tests.factories.courses import make_course
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient

APPROVAL, RESTRICTED = EnrollmentType.APPROVAL, EnrollmentType.RESTRICTED


def test_the_line_from_its_end_to_a_seat(client: CheckedClient, user: User) -> None:
    course, me = make_course(capacity=1), actor_for(user)
    [seated] = fill(course, "Ben Idris")
    queue(course, 1)
    assert "Join the waitlist" in card(client, course)
    status, page = send(client, course, "enrollment")
    assert status == 303
    assert "You are in line, and we write to you" in page
    waiting = card(client, course)
    assert "You are number 2 of 2 in line" in waiting
    assert "The one seat is taken." in waiting
    assert "we hold it for 48 hours" in waiting
    status, part = send(client, course, "waitlist-place?_method=DELETE", part=True)
    assert (status, "Join the waitlist" in part) == (200, True)
    assert 'tabindex="-1" autofocus' in part
    send(client, course, "enrollment")
    withdraw(seated, course)
    assert "number 1 of 1" in card(client, course)
    with writing():
        services.set_capacity(teacher_of(course), course_id=course.id, capacity=2)
    offer = card(client, course)
    assert "A seat is yours" in offer
    assert ">1 d 23 h<" in offer
    assert "UTC</time>" in offer
    status, page = send(client, course, "offer/acceptance")
    assert (status, "You are enrolled" in page) == (303, True)
    assert "Leave the course" in card(client, course)
    assert (standing(me, course), taken(course)) == ("enrolled/-", 2)


def test_an_offer_is_let_go_or_ends(client: CheckedClient, user: User) -> None:
    course, me = make_course(capacity=1, offer_hours=1), actor_for(user)
    [seated] = fill(course, "Ben Idris")
    send(client, course, "enrollment")
    withdraw(seated, course)
    _status, page = send(client, course, "waitlist-place?_method=DELETE")
    assert "You let the seat go" in page
    assert ">Enrol<" in page
    status, page = send(client, course, "offer/acceptance")
    assert (status, "No seat is held for you any more" in page) == (409, True)
    status, part = send(client, course, "offer/acceptance", part=True)
    assert (status, "No seat is held for you any more" in part) == (409, True)
    assert ">Enrol<" in part
    fill(course, "Chi Lam")
    send(client, course, "enrollment")
    with writing():
        services.set_capacity(teacher_of(course), course_id=course.id, capacity=2)
    with clock.freeze(clock.db_now() + timedelta(hours=1)):
        over = card(client, course)  # nothing has swept it yet
        assert "Your offer has ended" in over
        assert "A seat is yours" not in over
    assert standing(me, course) == "-/offered"


def test_asking_waiting_and_being_refused(client: CheckedClient, user: User) -> None:
    course, me = make_course(enrollment_type=APPROVAL), actor_for(user)
    assert "Ask for a place" in card(client, course)
    assert send(client, course, "enrollment")[0] == 409
    assert send(client, course, "request", message="x" * 2001)[0] == 422
    status, page = send(client, course, "request", message="I <b>garden</b>.")
    assert (status, "I &lt;b&gt;garden&lt;/b&gt;." in page) == (303, True)
    assert "You have asked to take part" in card(client, course)
    send(client, course, "enrollment?_method=DELETE")
    send(client, course, "request")
    with writing():
        asked = services.request_place(me, course_id=course.id).id
        services.reject(
            teacher_of(course), course_id=course.id, enrollment_ids=[asked], reason="Too late"
        )
    refused = card(client, course)
    assert "You were not admitted" in refused
    assert "Too late" in refused
    assert "Ask for a place" in refused


def test_a_message_is_as_long_as_browsers_count_it(client: CheckedClient, user: User) -> None:
    course = make_course(enrollment_type=APPROVAL)
    message = "A line.\r\n" * 240  # 1,920 characters, sent as 2,160
    assert send(client, course, "request", message=message)[0] == 303
    assert "A line." in card(client, course)


@pytest.mark.parametrize("part", [True, False])
def test_a_message_that_is_not_taken_comes_back(
    client: CheckedClient, user: User, part: bool
) -> None:
    course = make_course(enrollment_type=APPROVAL)
    status, page = send(client, course, "request", part=part, message="Of <my> garden. " * 130)
    [typed] = re.findall(r'<textarea[^>]* name="message"[^>]*>\s*([^<]*)</textarea>', page)
    assert (status, typed) == (422, "Of &lt;my&gt; garden. " * 130)


def test_who_is_let_into_a_full_course_waits(client: CheckedClient, user: User) -> None:
    course = make_course(enrollment_type=APPROVAL, capacity=1)
    fill(course, "Ben Idris")
    assert "by the time of your request" in card(client, course)
    with writing():
        asked = services.request_place(actor_for(user), course_id=course.id).id
        services.approve(teacher_of(course), course_id=course.id, enrollment_ids=[asked])
    assert "You are let in and wait for a seat." in card(client, course)


def test_a_place_is_put_on_hold_and_taken_up_again(client: CheckedClient, user: User) -> None:
    course = make_course()
    make_enrollment(user, course)
    assert "Your place is on hold" in send(client, course, "enrollment/hold")[1]
    assert "Come back to this course" in card(client, course)
    send(client, course, "enrollment")
    assert "Put my place on hold" in card(client, course)


def test_what_comes_first_is_named_with_how_far_one_is(client: CheckedClient, user: User) -> None:
    course, first, second = make_course("Sailing"), make_course("Knots"), make_course("Wind")
    with saving():
        for one in (first, second):
            db.session.add(CoursePrerequisite(course_id=course.id, required_id=one.id))
    make_enrollment(user, first)
    shown = card(client, course)
    assert "Something comes first" in shown
    for words in ("Knots", "Learning", "Wind", "Not begun"):
        assert words in shown
    assert ">Enrol<" not in shown
    status, page = send(client, course, "enrollment")
    assert (status, "Complete these first: “Knots”, “Wind”." in page) == (409, True)
    with writing():
        services.waive_prerequisites(
            teacher_of(course), course_id=course.id, email=user.email, reason="Sails well"
        )
    assert ">Enrol<" in card(client, course)


def test_a_window_says_when(client: CheckedClient, user: User) -> None:
    now = clock.now()
    soon = make_course(enrolment_opens_at=now + timedelta(days=3))
    over = make_course(enrolment_closes_at=now - timedelta(days=3))
    assert "Enrolment opens on" in card(client, soon)
    assert "Enrolment closed on" in card(client, over)
    for course in (soon, over):
        assert send(client, course, "enrollment")[0] == 409


def test_a_group_is_chosen(client: CheckedClient, user: User) -> None:
    course = make_course()
    with writing():
        made = [
            services.add_cohort(
                teacher_of(course), course_id=course.id, plan=services.CohortPlan(name, 1)
            ).id
            for name in ("Spring", "Autumn")
        ]
        services.enrol(person("Ben Idris"), course_id=course.id, cohort_id=made[0])
    shown = card(client, course)
    assert "full, you would wait" in shown
    assert "1 of 1 free" in shown
    for wrong in ("", "no", "99999999999", "0"):
        status, page = send(client, course, "enrollment", cohort_id=wrong)
        assert (status, "Choose one of the groups" in page) == (422, True)
    status, part = send(client, course, "enrollment", part=True)
    assert (status, "Choose one of the groups" in part) == (422, True)
    send(client, course, "enrollment", cohort_id=made[1])
    assert "Autumn" in card(client, course)


def test_a_group_has_no_more_seats_than_its_course(client: CheckedClient, user: User) -> None:
    course = make_course(capacity=2)
    plan = services.CohortPlan("Spring", 20)
    with writing():
        services.add_cohort(teacher_of(course), course_id=course.id, plan=plan)
    assert "2 of 20 free" in card(client, course)
    fill(course, "Ben Idris", "Chi Lam")
    assert "full, you would wait" in card(client, course)


def test_somebody_is_told_why_they_are_out(client: CheckedClient, user: User) -> None:
    course = make_course(capacity=1)
    made = make_enrollment(user, course)
    owner = teacher_of(course)
    with writing():
        services.take_out(owner, course_id=course.id, enrollment_ids=[made.id], reason="Never came")
    shown = card(client, course)
    assert "You were taken out of this course" in shown
    assert "Never came" in shown
    fill(course, "Ben Idris")
    send(client, course, "enrollment")
    with writing():
        entry = services.enrol(actor_for(user), course_id=course.id)
        services.reorder(
            owner, course_id=course.id, entry_id=entry.id, place=1, reason="Needs it now"
        )
    assert "Needs it now" in card(client, course)
    with writing():
        services.remove_from_line(
            owner, course_id=course.id, entry_id=entry.id, reason="Moved away"
        )
    assert "Moved away" in card(client, course)


def test_nothing_is_told_of_what_one_has_completed(client: CheckedClient, user: User) -> None:
    course = make_course()
    make_enrollment(user, course, S.COMPLETED)
    shown = card(client, course)
    assert "You have completed this course" in shown
    assert "Leave the course" not in shown
