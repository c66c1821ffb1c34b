"""The first step and the last: basics, review and publish, versions; and beginning a course."""

import re

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.builder import services
from app.blueprints.builder.models import Publication, ReviewRequest, ReviewState
from app.blueprints.courses.models import Course
from app.blueprints.courses.queries import find_course, get_course
from app.core.actor import Actor
from app.core.db import db, writing
from tests.builder.pages import base, version_of
from tests.builder.steps import add_lesson, keys_of, publish, titles_of, write
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import PART, CheckedClient
from tests.support.sql import count_sql

FORM = {"title": "Soil", "difficulty": "beginner", "language": "en"}


@pytest.fixture
def ready(author: Actor, course: Course) -> Course:
    """A course that could be published."""
    write(author, course, add_lesson(author, course, "Clay"))
    return course


@pytest.fixture
def approver() -> Actor:
    """Somebody who reviews."""
    return actor_for(make_user("Ada Approver", roles=["approver", "contributor"]))


def base_of(course: Course) -> str:
    """What a change of the basics is made on."""
    return services.basics_base(version_of(course))


def sign_in_as(client: CheckedClient, actor: Actor) -> None:
    """Let the browser be `actor`'s."""
    sign_in(client, db.session.get_one(User, actor.id))


def test_begin_a_course_once(desk: CheckedClient) -> None:
    assert 'name="key"' in desk.get("/teaching/courses/new").text
    form = {"title": "Air and wind", "subject_id": "", "key": "a-key-of-the-form"}
    first = desk.post("/teaching/courses", data=form)
    assert (first.status_code, first.location) == (303, "/teaching/air-and-wind/board")
    assert desk.post("/teaching/courses", data=form).location == first.location
    made = find_course("air-and-wind")
    assert made is not None
    assert titles_of(made) == [("Introduction", [])]
    assert desk.post("/teaching/courses", data={**form, "title": ""}).status_code == 422


def test_only_contributors_begin_courses(client: CheckedClient) -> None:
    assert client.get("/teaching/courses/new").status_code == 303
    sign_in(client, make_user())
    assert client.get("/teaching/courses/new").status_code == 403
    assert client.post("/teaching/courses", data={"title": "Air"}).status_code == 403
    assert find_course("air") is None


def test_save_the_basics(desk: CheckedClient, course: Course) -> None:
    form = {**FORM, "base": base_of(course), "objectives": "Dig\n\n  Sow "}
    with count_sql(at_most=10):
        desk.get(f"{base(course)}/basics")
    saved = desk.post(f"{base(course)}/basics", data=form)
    assert (saved.status_code, saved.location) == (303, f"{base(course)}/basics")
    version = version_of(course)
    assert (version.title, version.objectives) == ("Soil", ["Dig", "Sow"])
    assert version.gives_certificate is False


def test_a_step_says_what_its_number_counts_and_its_page_lists_that(
    desk: CheckedClient, course: Course
) -> None:
    add_lesson(actor_for(make_user(roles=["admin"])), course, "Clay")
    pages = {name: desk.get(f"{base(course)}/{name}").text for name in ("basics", "board")}
    for page in pages.values():
        assert re.findall('step-left">([^<]+)<', page) == ["3 to write", "1 to fix"]
        assert "1 thing to fix" in page
    listed = pages["basics"].partition('id="unwritten">')[2].partition("</p>")[0]
    assert listed.startswith("3 to write:")
    assert re.findall('href="#([a-z]+)"', listed) == ["summary", "overview", "objectives"]
    form = {**FORM, "base": base_of(course), "summary": "Mud", "objectives": "Dig"}
    desk.post(f"{base(course)}/basics", data=form)
    page = desk.get(f"{base(course)}/basics").text
    assert page.count("1 to write") == 2
    assert '<a href="#overview">' in page


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 201}, {"difficulty": "none"}, {"language": "xx"}]
)
def test_basics_refuse_what_cannot_be(
    desk: CheckedClient, course: Course, wrong: dict[str, str]
) -> None:
    form = {**FORM, "summary": "Kept.", "base": base_of(course), **wrong}
    refused = desk.post(f"{base(course)}/basics", data=form)
    assert refused.status_code == 422
    assert "Kept." in refused.text
    assert version_of(course).title == "Soil and water"


def test_stale_basics_show_both(desk: CheckedClient, course: Course) -> None:
    form = {**FORM, "base": base_of(course)}
    desk.post(f"{base(course)}/basics", data={**form, "title": "Theirs"})
    stale = desk.post(f"{base(course)}/basics", data={**form, "title": "Mine"})
    assert stale.status_code == 409
    assert 'value="Mine"' in stale.text
    assert "Theirs" in stale.text
    assert f'name="base" type="hidden" value="{base_of(course)}"' in stale.text
    assert version_of(course).title == "Theirs"


def test_basics_are_not_stale_where_others_wrote_texts(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    form = {**FORM, "base": base_of(course)}
    write(author, course, add_lesson(author, course, "Clay"))
    assert desk.post(f"{base(course)}/basics", data=form).status_code == 303
    assert version_of(course).title == "Soil"


def test_the_last_step_lists_what_is_to_be_fixed(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    lesson = add_lesson(author, course, "Clay")
    with count_sql(at_most=10):
        text = desk.get(f"{base(course)}/review").text
    assert f'href="{base(course)}/lessons/{lesson}"' in text
    assert "Submit for review" in text


def test_self_publishing_shows_progress_until_done(client: CheckedClient, approver: Actor) -> None:
    with writing():
        course = services.create_course(approver, title="Air")
    write(approver, course, add_lesson(approver, course, "Wind"))
    sign_in_as(client, approver)
    assert "Publish version 1" in client.get(f"{base(course)}/review").text
    form = {"revision": version_of(course).revision}
    asked = client.post(f"{base(course)}/publication", data=form)
    assert asked.status_code == 202
    assert "hx-get" in asked.text
    again = client.post(f"{base(course)}/publication", data=form)
    assert again.headers["Location"] == asked.headers["Location"]
    part = client.get(asked.headers["Location"], headers=PART)
    assert "Publishing…" in part.text
    waiting = db.session.query(Publication).one()
    with writing():
        services.run_publication(waiting.id)
    done = client.get(asked.headers["Location"], headers=PART)
    assert "Version 1 is published" in done.text
    assert "hx-get" not in done.text
    assert client.get(f"{base(course)}/publications/999").status_code == 404


def test_a_stale_publication_is_refused_with_the_board(
    client: CheckedClient, approver: Actor
) -> None:
    with writing():
        course = services.create_course(approver, title="Air")
    write(approver, course, add_lesson(approver, course, "Wind"))
    sign_in_as(client, approver)
    stale = client.post(f"{base(course)}/publication", data={"revision": 1})
    assert stale.status_code == 409
    assert client.post(f"{base(course)}/publication", data={}).status_code == 422
    wrong = {"revision": version_of(course).revision, "audience": "nobody"}
    assert client.post(f"{base(course)}/publication", data=wrong).status_code == 422
    assert db.session.query(Publication).count() == 0


def test_authors_without_the_right_cannot_publish(desk: CheckedClient, ready: Course) -> None:
    form = {"revision": version_of(ready).revision}
    assert desk.post(f"{base(ready)}/publication", data=form).status_code == 403


def test_what_is_not_ready_is_not_published(client: CheckedClient, approver: Actor) -> None:
    with writing():
        course = services.create_course(approver, title="Air")
    sign_in_as(client, approver)
    form = {"revision": version_of(course).revision}
    refused = client.post(f"{base(course)}/publication", data=form)
    assert refused.status_code == 422
    assert "to fix first" in refused.text


def test_submit_then_approve(
    desk: CheckedClient, approver: Actor, ready: Course, author: Actor
) -> None:
    form = {"revision": version_of(ready).revision, "note": "Please look."}
    assert desk.post(f"{base(ready)}/reviews", data=form).status_code == 303
    assert desk.post(f"{base(ready)}/reviews", data=form).status_code == 409
    assert "Waiting for review" in desk.get(f"{base(ready)}/review").text
    assert desk.get("/review").status_code == 403
    request_id = db.session.query(ReviewRequest.id).scalar()
    assert desk.post(f"/review/{request_id}/approval").status_code == 403
    sign_in_as(desk, approver)
    assert "Please look." in desk.get("/review").text
    with count_sql(at_most=10):
        page = desk.get(f"/review/{request_id}").text
    assert "Approve and publish version 1" in page
    approved = desk.post(f"/review/{request_id}/approval")
    assert approved.status_code == 303
    assert "Publishing…" in desk.get(approved.location).text
    assert "Approved." in desk.get(f"/review/{request_id}").text
    assert desk.post(f"/review/{request_id}/approval").status_code == 409


def test_send_back_needs_a_reason(desk: CheckedClient, approver: Actor, ready: Course) -> None:
    desk.post(f"{base(ready)}/reviews", data={"revision": version_of(ready).revision})
    request_id = db.session.query(ReviewRequest.id).scalar()
    sign_in_as(desk, approver)
    reason = {"reason": "Too short"}
    assert desk.post(f"/review/{request_id}/return", data={}).status_code == 422
    assert desk.post(f"/review/{request_id}/return", data=reason).status_code == 303
    db.session.expire_all()
    assert db.session.query(ReviewRequest).one().state is ReviewState.SENT_BACK
    assert "Too short" in desk.get(f"/review/{request_id}").text
    assert desk.get("/review/999").status_code == 404


def test_an_approval_is_of_what_was_looked_at(
    desk: CheckedClient, approver: Actor, ready: Course, author: Actor
) -> None:
    desk.post(f"{base(ready)}/reviews", data={"revision": version_of(ready).revision})
    add_lesson(author, ready, "Late")
    request_id = db.session.query(ReviewRequest.id).scalar()
    sign_in_as(desk, approver)
    assert "Edited since it was submitted" in desk.get(f"/review/{request_id}").text
    refused = desk.post(f"/review/{request_id}/approval")
    assert refused.status_code == 409
    assert "Edited since it was submitted" in refused.text


def test_what_was_edited_can_be_submitted_again(
    desk: CheckedClient, ready: Course, author: Actor
) -> None:
    url = f"{base(ready)}/reviews"
    desk.post(url, data={"revision": version_of(ready).revision})
    write(author, ready, add_lesson(author, ready, "Late"))
    assert "Submit it again as it is now" in desk.get(f"{base(ready)}/review").text
    assert desk.post(url, data={"revision": version_of(ready).revision}).status_code == 303
    states = db.session.query(ReviewRequest.state).order_by(ReviewRequest.id)
    assert [state for (state,) in states] == [ReviewState.STALE, ReviewState.OPEN]


def test_whoever_publishes_says_what_is_to_be_done_again(
    desk: CheckedClient, approver: Actor, ready: Course, author: Actor
) -> None:
    publish(approver, ready)
    lesson = keys_of(ready)[0][1][0]
    write(author, ready, lesson, "<p>More.</p>")
    assert 'name="redo"' not in desk.get(f"{base(ready)}/review").text
    desk.post(f"{base(ready)}/reviews", data={"revision": version_of(ready).revision})
    request_id = db.session.query(ReviewRequest.id).scalar()
    sign_in_as(desk, approver)
    with count_sql(at_most=10):
        page = desk.get(f"/review/{request_id}").text
    assert f'name="redo" form="publish-form" value="{lesson}"' in page
    desk.post(f"/review/{request_id}/approval", data={"redo": lesson})
    asked = db.session.query(Publication).order_by(Publication.id).all()
    assert [one.redo_keys for one in asked] == [[], [lesson]]


def test_the_difference_and_the_versions(client: CheckedClient, approver: Actor) -> None:
    with writing():
        course = services.create_course(approver, title="Air")
    lesson = add_lesson(approver, course, "Wind")
    write(approver, course, lesson)
    publish(approver, course)
    assert get_course(course.id).current_version_id
    sign_in_as(client, approver)
    assert "Nothing to publish" in client.get(f"{base(course)}/review").text
    write(approver, course, lesson, "<p>More.</p>")
    with count_sql(at_most=10):
        text = client.get(f"{base(course)}/review").text
    assert "Rewritten" in text
    assert "<ins>More.</ins>" in text
    assert f'name="redo" form="publish-form" value="{lesson}"' in text
    publish(approver, get_course(course.id))
    with count_sql(at_most=10):
        listed = client.get(f"{base(course)}/versions").text
    assert "Version 2" in listed
    assert "1 lesson rewritten" in listed
    assert "The first version" in listed
