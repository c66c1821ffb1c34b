"""Requests, the line, invitations, cohorts, exceptions and histories over HTTP."""

import re

import pytest
from sqlalchemy import select

from app.blueprints.courses.models import Course
from app.blueprints.courses.models import CoursePrerequisite as Prerequisite
from app.blueprints.enrollments import services
from app.blueprints.enrollments.models import Cohort, Enrollment, Invitation, WaitlistEntry
from app.blueprints.enrollments.models import EnrollmentStatus as S
from app.blueprints.enrollments.models import PrerequisiteWaiver as Waiver
from app.core.db import db, writing
from app.core.tokens import hash_of
from tests.enrollments.acts import line, queue, standing, teacher_of
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course, owner_of
from tests.factories.enrollments import make_enrollment
from tests.support.client import CheckedClient, hidden_key
from tests.support.sql import count_sql

LINK = re.compile(r'value="[^"]*/invitations/([\w-]+)"')


@pytest.fixture
def course(client: CheckedClient) -> Course:
    """A full course of one seat."""
    made = make_course("Soil", capacity=1)
    make_enrollment(make_user("Seated"), made)
    sign_in(client, owner_of(made))
    return made


def at(course: Course, place: str) -> str:
    return f"/teaching/{course.slug}/people/{place}"


def entries(course: Course) -> list[int]:
    """The entries of the line, in the order of their tickets."""
    statement = select(WaitlistEntry.id).filter_by(course_id=course.id)
    return list(db.session.execute(statement.order_by(WaitlistEntry.ticket)).scalars())


@pytest.mark.parametrize("people", [2, 20])
@pytest.mark.parametrize("place", ["requests", "waitlist", "invitations"])
def test_pages_do_not_grow_with_people(
    client: CheckedClient, course: Course, place: str, people: int
) -> None:
    for number in range(people):
        make_enrollment(make_user(f"A{number}"), course, S.PENDING, ticket=100 + number)
    queue(course, people)
    emails = [f"p{n}@example.org" for n in range(people)]
    with writing():
        services.invite(teacher_of(course), course_id=course.id, emails=emails)
    with count_sql(at_most=9):
        assert client.get(at(course, place)).status_code == 200


def test_who_asked_first_is_shown_first_with_their_words(
    client: CheckedClient, course: Course
) -> None:
    second = make_enrollment(make_user("Second"), course, S.PENDING, ticket=2, message="<b>Please")
    make_enrollment(make_user("First"), course, S.PENDING, ticket=1)
    page = client.get(at(course, "requests")).text
    assert page.index("First") < page.index("Second")
    assert "&lt;b&gt;Please" in page
    client.post(at(course, "decision"), data={"decision": "approve", "id": second.id})
    assert "Second" not in client.get(at(course, "requests")).text
    assert "Second" in client.get(at(course, "waitlist")).text


def test_the_line_is_shown_in_order_and_offers_first(client: CheckedClient, course: Course) -> None:
    ada, ben = queue(course, 2)
    page = client.get(at(course, "waitlist")).text
    assert page.index("Waiting 0") < page.index("Waiting 1")
    assert "Nobody waits" in client.get(at(course, "waitlist?state=offered")).text
    with writing():
        services.set_capacity(teacher_of(course), course_id=course.id, capacity=2)
    assert line(course) == [ben.id]
    page = client.get(at(course, "waitlist")).text
    assert page.index("Waiting 0") < page.index("Offered a seat</span>") < page.index("Waiting 1")
    assert ada.display_name in client.get(at(course, "waitlist?state=offered")).text


def test_somebody_is_moved_in_the_line_and_told_why(client: CheckedClient, course: Course) -> None:
    ada, ben, chi = queue(course, 3)
    last = entries(course)[2]
    there = at(course, f"waitlist/{last}")
    assert 'value="1"' in client.get(f"{there}?place=1").text
    refused = client.put(there, data={"place": "1", "reason": ""})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert client.put(there, data={"place": "x", "reason": "y"}).status_code == 422
    assert line(course) == [ada.id, ben.id, chi.id]
    assert client.put(there, data={"place": "1", "reason": "Their bus."}).status_code == 303
    assert line(course) == [chi.id, ada.id, ben.id]
    assert "Their bus." in client.get(at(course, "waitlist")).text


def test_somebody_is_taken_out_of_the_line(client: CheckedClient, course: Course) -> None:
    ada, _ben = queue(course, 2)
    there = at(course, f"waitlist/{entries(course)[0]}")
    assert client.delete(there, data={"out-reason": ""}).status_code == 422
    assert client.delete(there, data={"out-reason": "Asked us to."}).status_code == 303
    assert standing(ada, course) == "-/-"
    assert client.get(there).status_code == 404


def test_another_courses_line_is_not_ours(client: CheckedClient, course: Course) -> None:
    other = make_course("Bread", capacity=1)
    make_enrollment(make_user(), other)
    queue(other, 1)
    [entry] = entries(other)
    assert client.get(at(course, f"waitlist/{entry}")).status_code == 404
    moved = client.put(at(course, f"waitlist/{entry}"), data={"place": "1", "reason": "x"})
    assert moved.status_code == 404


def test_addresses_are_asked_or_each_bad_one_is_told(client: CheckedClient, course: Course) -> None:
    pasted = "ada@example.org, Ben Idris <BEN@example.org>\nno address\n\nada@example.org; @x"
    sent = {"emails": pasted, "days": "7", "cohort_id": ""}
    refused = client.post(at(course, "invitations"), data=sent)
    assert refused.status_code == 422
    assert "Line 2: no address" in refused.text
    assert "Line 4: @x" in refused.text
    assert db.session.query(Invitation).count() == 0
    sent["emails"] = pasted.replace("no address", "").replace("@x", "")
    assert client.post(at(course, "invitations"), data=sent).status_code == 303
    page = client.get(at(course, "invitations")).text
    assert page.count("ada@example.org") == 1 + page.count("Take back the invitation: ada@")
    assert "ben@example.org" in page


@pytest.mark.parametrize("days", ["0", "366", "x", ""])
def test_an_invitation_ends(client: CheckedClient, course: Course, days: str) -> None:
    sent = {"emails": "ada@example.org", "days": days, "cohort_id": ""}
    assert client.post(at(course, "invitations"), data=sent).status_code == 422


def test_a_link_is_shown_once_and_taken_back(client: CheckedClient, course: Course) -> None:
    sent = {"link-uses": "3", "link-days": "7", "link-cohort_id": ""}
    made = client.post(at(course, "invitations/links"), data=sent)
    assert made.status_code == 201
    found = LINK.search(made.text)
    assert found
    [(number, kept)] = db.session.execute(select(Invitation.id, Invitation.token_hash))
    assert kept == hash_of(found[1])
    assert found[1] not in client.get(at(course, "invitations")).text
    with writing():
        services.accept_invitation(actor_for(make_user("Came By")), invitation_id=number)
    there = client.get(at(course, "invitations")).text
    assert "1 of 3 came" in there
    assert client.delete(at(course, f"invitations/{number}")).status_code == 303
    assert "Taken back" in client.get(at(course, "invitations")).text


def test_addresses_that_are_sent_twice_are_asked_once(
    client: CheckedClient, course: Course
) -> None:
    url = at(course, "invitations")
    sent = {"emails": "ada@example.org", "days": "7", "key": hidden_key(client, url, url)}
    assert [client.post(url, data=sent).status_code for _ in range(2)] == [303] * 2
    assert db.session.query(Invitation).count() == 1


def test_a_link_made_twice_is_one_and_the_same(client: CheckedClient, course: Course) -> None:
    url = at(course, "invitations/links")
    key = hidden_key(client, at(course, "invitations"), url)
    sent = {"link-uses": "3", "link-days": "7", "link-cohort_id": "", "key": key}
    made = [client.post(url, data=sent) for _ in range(2)]
    assert len({LINK.search(one.text)[1] for one in made}) == 1  # type: ignore[index]
    assert db.session.query(Invitation).count() == 1


def test_who_came_is_named(client: CheckedClient) -> None:
    course = make_course("Bread")
    sign_in(client, owner_of(course))
    with writing():
        made, _token = services.make_link(teacher_of(course), course_id=course.id, most_uses=9)
    for name in ("Ada Okafor", "Ben Idris"):
        make_enrollment(make_user(name), course, invitation_id=made.id)
    assert "Ada Okafor, Ben Idris" in client.get(at(course, "invitations")).text


def cohort_fields(**changes: str) -> dict[str, str]:
    fields = {"name": "Spring", "capacity": "5", "starts_on": "2027-03-01", "instructor_id": ""}
    return {f"cohort-{name}": value for name, value in {**fields, **changes}.items()}


def test_a_cohort_is_made_changed_closed_and_removed(client: CheckedClient, course: Course) -> None:
    assert client.post(at(course, "cohorts"), data=cohort_fields()).status_code == 303
    cohort = db.session.query(Cohort).one()
    there = at(course, f"cohorts/{cohort.id}")
    assert 'value="2027-03-01"' in client.get(there).text
    sent = cohort_fields(name="Summer", instructor_id=str(owner_of(course).id), is_closed="y")
    assert client.put(there, data=sent).status_code == 303
    page = client.get(at(course, "cohorts")).text
    assert "Summer" in page
    assert "Closed" in page
    assert owner_of(course).display_name in page
    assert client.delete(there).status_code == 303
    assert db.session.query(Cohort).count() == 0


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 81}, {"capacity": "0"}, {"starts_on": "soon"}]
)
def test_a_cohort_that_cannot_be(
    client: CheckedClient, course: Course, wrong: dict[str, str]
) -> None:
    assert client.post(at(course, "cohorts"), data=cohort_fields(**wrong)).status_code == 422
    client.post(at(course, "cohorts"), data=cohort_fields())
    cohort = db.session.query(Cohort).one()
    answer = client.put(at(course, f"cohorts/{cohort.id}"), data=cohort_fields(**wrong))
    assert answer.status_code == 422


def test_two_cohorts_of_one_name_and_another_courses_cohort(
    client: CheckedClient, course: Course
) -> None:
    client.post(at(course, "cohorts"), data=cohort_fields())
    twice = client.post(at(course, "cohorts"), data=cohort_fields(name="SPRING"))
    assert twice.status_code == 422
    other = make_course("Bread")
    with writing():
        plan = services.CohortPlan("Autumn")
        foreign = services.add_cohort(teacher_of(other), course_id=other.id, plan=plan).id
    assert client.get(at(course, f"cohorts/{foreign}")).status_code == 404
    assert client.put(at(course, f"cohorts/{foreign}"), data=cohort_fields()).status_code == 404
    assert client.delete(at(course, f"cohorts/{foreign}")).status_code == 404


def test_somebody_may_come_as_they_are(client: CheckedClient, course: Course) -> None:
    required, learner = make_course("First"), make_user("Ada", email="ada@example.org")
    assert "Exceptions" not in client.get(at(course, "cohorts")).text
    with saving():
        db.session.add(Prerequisite(course_id=course.id, required_id=required.id))
    assert "Exceptions" in client.get(at(course, "cohorts")).text
    nonsense = client.post(at(course, "waivers"), data={"email": "ada", "reason": "y"})
    assert (nonsense.status_code, "does not look like an e-mail" in nonsense.text) == (422, True)
    wordless = client.post(at(course, "waivers"), data={"email": "ada@example.org", "reason": ""})
    assert "Say why" in wordless.text
    sent = {"email": "ADA@example.org", "reason": "Taught it."}
    assert client.post(at(course, "waivers"), data=sent).status_code == 303
    assert db.session.query(Waiver).one().user_id == learner.id
    assert "Taught it." not in client.get(at(course, "waivers")).text
    make_enrollment(learner, course, S.PENDING)
    assert "Taught it." in client.get(at(course, "waivers")).text


def plain(page: str, email: str) -> str:
    """The page without what is another each time: who was named, tokens, the request's number."""
    return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*|nonce="[^"]*"', "", page.replace(email, ""))


@pytest.mark.parametrize("reason", ["", "Taught it."])
def test_an_exception_does_not_tell_whether_somebody_has_the_address(
    client: CheckedClient, course: Course, reason: str
) -> None:
    make_user("Ada", email="ada@example.org")
    told = []
    for email in ("ada@example.org", "eve@example.org"):
        sent = client.post(at(course, "waivers"), data={"email": email, "reason": reason})
        page = client.get(at(course, "waivers")).text
        told.append((sent.status_code, *(plain(one, email) for one in (sent.text, page))))
    assert told[0] == told[1]


def test_a_history_says_what_happened_who_did_it_and_why(
    client: CheckedClient, course: Course
) -> None:
    learner = make_user("Ada")
    place = make_enrollment(learner, course, S.PENDING, ticket=900, message="Please.")
    for decision in ("reject", "readmit"):
        sent = {"decision": decision, "id": place.id, "reason": "Too late."}
        client.post(at(course, "decision"), data=sent)
    [entry] = entries(course)
    queue(course, 1)
    client.put(at(course, f"waitlist/{entry}"), data={"place": "2", "reason": "Their bus."})
    with count_sql(at_most=10):
        page = client.get(at(course, str(place.id))).text
    for words in ("Please.", "Was not admitted", "Too late.", "Joined the line", "to place 2"):
        assert words in page
    assert "Their bus." in page
    assert owner_of(course).display_name in page


def test_another_courses_people_have_no_history_here(client: CheckedClient, course: Course) -> None:
    stranger: Enrollment = make_enrollment(make_user(), make_course("Bread"))
    assert client.get(at(course, str(stranger.id))).status_code == 404
