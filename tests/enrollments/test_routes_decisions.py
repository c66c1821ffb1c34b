"""Deciding about people over HTTP: one, several, all that match; and what each is told."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.enrollments import services
from app.blueprints.enrollments.errors import NotOpen
from app.blueprints.enrollments.models import Enrollment
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.queries import wrong_pools
from app.blueprints.enrollments.routes import decisions
from app.blueprints.enrollments.rules.outcomes import Decided
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import give_role
from tests.enrollments.acts import teacher_of
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient


@pytest.fixture
def course(client: CheckedClient) -> Course:
    made = make_course("Soil", capacity=20)
    sign_in(client, owner_of(made))
    return made


def decide(client: CheckedClient, course: Course, decision: str, **fields: object) -> TestResponse:
    address = f"/teaching/{course.slug}/people/decision"
    return client.post(address, data={"decision": decision, **fields})


def statuses(*people: Enrollment) -> list[S]:
    db.session.rollback()
    assert wrong_pools() == []
    found = {
        row.id: row.status for row in db.session.execute(select(Enrollment.id, Enrollment.status))
    }
    return [found[one.id] for one in people]


def make_request(course: Course, name: str, ticket: int) -> Enrollment:
    return make_enrollment(make_user(name), course, S.PENDING, ticket=ticket)


def test_the_page_before_says_whom_it_is_about(client: CheckedClient, course: Course) -> None:
    ada, ben = (make_enrollment(make_user(name), course) for name in ("Ada", "Ben"))
    address = f"/teaching/{course.slug}/people/decision?decision=withdraw&id={ada.id}&id={ben.id}"
    page = client.get(address).text
    assert "Take 2 people out of the course" in page
    assert "Ada" in page
    assert f'name="id" value="{ben.id}"' in page
    nobody = client.get(f"/teaching/{course.slug}/people/decision?decision=withdraw").text
    assert "Nobody is ticked" in nobody


@pytest.mark.parametrize(
    ("decision", "before", "fields", "after"),
    [
        ("approve", S.PENDING, {}, S.ENROLLED),
        ("reject", S.PENDING, {"reason": "Too late."}, S.REJECTED),
        ("pause", S.ENROLLED, {"reason": "You asked for it."}, S.PAUSED),
        ("withdraw", S.ENROLLED, {"reason": "You moved."}, S.WITHDRAWN),
        ("readmit", S.PAUSED, {}, S.ENROLLED),
        ("readmit", S.WITHDRAWN, {}, S.ENROLLED),
        ("readmit", S.REJECTED, {}, S.ENROLLED),
    ],
)
def test_what_is_decided_happens(
    client: CheckedClient,
    course: Course,
    decision: str,
    before: S,
    fields: dict[str, str],
    after: S,
) -> None:
    one, other = (make_enrollment(make_user(name), course, before) for name in ("Ada", "Ben"))
    response = decide(client, course, decision, id=[one.id, other.id], **fields)
    assert response.status_code == 303
    assert statuses(one, other) == [after, after]


@pytest.mark.parametrize("decision", ["reject", "withdraw", "pause"])
def test_nobody_loses_a_place_without_a_word(
    client: CheckedClient, course: Course, decision: str
) -> None:
    one = make_enrollment(make_user(), course, S.PENDING if decision == "reject" else S.ENROLLED)
    response = decide(client, course, decision, id=one.id, reason="  ")
    assert response.status_code == 422
    assert "Say why" in response.text
    assert statuses(one) == [one.status]


def test_people_are_moved_to_a_cohort_while_it_has_seats(
    client: CheckedClient, course: Course
) -> None:
    with writing():
        plan = services.CohortPlan("Spring", capacity=1)
        spring = services.add_cohort(teacher_of(course), course_id=course.id, plan=plan).id
    ada, ben = (make_enrollment(make_user(name), course) for name in ("Ada", "Ben"))
    response = decide(client, course, "cohort", id=[ada.id, ben.id], cohort_id=spring)
    assert "Done, for one person." in response.text
    assert "Ben" in response.text
    assert "No seat is free" in response.text
    db.session.rollback()
    assert db.session.get_one(Enrollment, ada.id).cohort_id == spring
    assert wrong_pools() == []


def test_each_is_told_why_not(client: CheckedClient, course: Course) -> None:
    asks, learns = make_request(course, "Ada", 1), make_enrollment(make_user("Ben"), course)
    stranger = make_enrollment(make_user("Chi"), make_course("Bread"))
    response = decide(client, course, "approve", id=[asks.id, learns.id, stranger.id, 987654])
    page = response.text
    assert "Done, for one person." in page
    assert "For 3 it was not possible:" in page
    assert "This does not fit how they stand now." in page
    assert "There is no such person in this course." in page
    assert "Chi" not in page
    assert statuses(asks, learns, stranger) == [S.ENROLLED, S.ENROLLED, S.ENROLLED]


def test_people_of_another_course_stay_as_they_are(client: CheckedClient, course: Course) -> None:
    elsewhere = make_course("Bread")
    stranger = make_enrollment(make_user("Chi"), elsewhere)
    decide(client, course, "withdraw", id=stranger.id, reason="x")
    assert statuses(stranger) == [S.ENROLLED]


def test_all_that_match_are_decided_about(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "_TOGETHER", 2)
    asking = [make_request(course, f"Asks {n}", n) for n in range(1, 6)]
    other = make_request(course, "Else", 9)
    query = "decision=approve&every=1&status=pending&q=asks"
    page = client.get(f"/teaching/{course.slug}/people/decision?{query}").text
    assert "Approve 5 requests" in page
    response = decide(client, course, "approve", every="1", status="pending", q="asks")
    assert response.status_code == 303
    assert set(statuses(*asking)) == {S.ENROLLED}
    assert statuses(other) == [S.PENDING]


def test_what_stops_a_later_hundred_does_not_hide_what_is_decided(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "_TOGETHER", 2)
    asking = [make_request(course, f"Asks {n}", n) for n in range(1, 4)]
    approve = services.approve

    def until_it_ends(actor: Actor, **asked: Any) -> list[Decided]:
        if asking[2].id in asked["enrollment_ids"]:
            raise NotOpen("This course has ended.")
        return approve(actor, **asked)

    monkeypatch.setattr(services, "approve", until_it_ends)
    refused = decide(client, course, "approve", id=[one.id for one in asking])
    assert refused.status_code == 409
    assert "done for 2 of the first 2 people" in refused.text
    assert "This course has ended." in refused.text
    assert statuses(*asking) == [S.ENROLLED, S.ENROLLED, S.PENDING]
    again = decide(client, course, "approve", id=[asking[2].id])
    assert "done for" not in again.text
    assert "This course has ended." in again.text


def test_more_than_fit_into_one_step_are_decided_about_in_order(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST", 2)
    course = make_course(capacity=3)
    sign_in(client, owner_of(course))
    asking = [make_request(course, f"Asks {n}", 9 - n) for n in range(5)]  # the last came first
    query = "decision=approve&every=1&status=pending"
    page = client.get(f"/teaching/{course.slug}/people/decision?{query}").text
    assert "Approve 5 requests" in page
    assert "in steps of 2" in page
    sent: dict[str, object] = {"every": "1", "status": "pending"}
    for left in (3, 1):
        report = decide(client, course, "approve", **sent)
        assert report.status_code == 200
        sent = dict(re.findall(r'name="(every|status|after)" value="([^"]+)"', report.text))
        assert sent["after"]
        assert f"{left} more wait" in report.text or "One more waits" in report.text
    assert decide(client, course, "approve", **sent).status_code == 303
    assert statuses(*asking) == [S.PENDING] * 2 + [S.ENROLLED] * 3
    assert decide(client, course, "approve", every="1", after="x-y-z").status_code == 200


def test_those_whom_a_step_leaves_as_they_are_do_not_come_again(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MOST", 1)
    done = make_enrollment(make_user("Done"), course, S.COMPLETED)
    here = make_enrollment(make_user("Here"), course)
    report = decide(client, course, "withdraw", every="1", reason="Over")
    assert "For one it was not possible" in report.text
    assert 'name="reason" value="Over"' in report.text
    [after] = re.findall(r'name="after" value="([^"]+)"', report.text)
    assert (
        decide(client, course, "withdraw", every="1", reason="Over", after=after).status_code == 303
    )
    assert statuses(done, here) == [S.COMPLETED, S.WITHDRAWN]


def test_who_asked_first_is_seated_first_in_whatever_order_they_are_ticked(
    client: CheckedClient,
) -> None:
    course = make_course(capacity=1)
    sign_in(client, owner_of(course))
    late, early = make_request(course, "Late", 2), make_request(course, "Early", 1)
    decide(client, course, "approve", id=[late.id, early.id])
    assert statuses(early, late) == [S.ENROLLED, S.PENDING]


def test_one_may_look_and_another_may_decide(client: CheckedClient, course: Course) -> None:
    one, colleague = make_enrollment(make_user(), course), make_user("Tomas Lind")
    stranger: User = make_user("Eve")
    give_role(course, colleague, CourseRole.ASSISTANT)
    for person in (colleague, stranger):
        sign_in(client, person)
        response = decide(client, course, "withdraw", id=one.id, reason="x")
        assert response.status_code == 403
    assert statuses(one) == [S.ENROLLED]


def test_nonsense_is_refused(client: CheckedClient, course: Course) -> None:
    assert decide(client, course, "praise").status_code == 422
    assert decide(client, course, "approve").status_code == 422
    response = decide(client, course, "approve", id=["x", "9" * 40])
    assert response.status_code == 422
