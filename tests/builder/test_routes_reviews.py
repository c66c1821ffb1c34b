"""The pages of a review: the queue, comments in their places, rounds; and who gets in."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.builder.models import ReviewComment
from app.blueprints.courses.models import Course, CourseRole
from app.core.actor import Actor
from app.core.db import db
from tests.builder.pages import base, give_role
from tests.builder.reviewing import comment, send_back, state_of, submit
from tests.builder.steps import add_lesson, working, write
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import PART, CheckedClient, hidden_key
from tests.support.sql import count_sql


@pytest.fixture
def approver() -> Actor:
    return actor_for(make_user("Ines Cole", roles=["approver"]))


@pytest.fixture
def lesson(author: Actor, course: Course) -> str:
    """The one lesson of a course that could be published."""
    key = add_lesson(author, course, "Sand")
    write(author, course, key)
    return key


def as_(client: CheckedClient, actor: Actor) -> CheckedClient:
    sign_in(client, db.session.get_one(User, actor.id))
    return client


def test_an_approver_comments_on_a_block_and_the_author_answers_in_the_drawer(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    as_(client, approver)
    url = f"/review/{request.id}"
    with count_sql(at_most=10):
        assert f'href="{url}/lessons/{lesson}"' in client.get(url).text
    with count_sql(at_most=10):
        page = client.get(f"{url}/lessons/{lesson}").text
    block = page.split('name="block" value="', 1)[1].split('"', 1)[0]
    said = client.post(
        f"{url}/comments", data={"lesson": lesson, "block": block, "text": "Which sand?"}
    )
    made_id = db.session.query(ReviewComment.id).scalar()
    assert (said.status_code, said.location) == (
        303,
        f"{url}/lessons/{lesson}#comment-{made_id}",
    )
    assert "1 comment" in client.get(url).text
    key = hidden_key(client, f"{url}/lessons/{lesson}", f"{url}/comments")
    again = {"lesson": lesson, "text": "Why?", "key": key}
    twice = [client.post(f"{url}/comments", data=again).location for _ in range(2)]
    assert twice == [f"{url}/lessons/{lesson}#comment-{made_id + 1}"] * 2
    as_(client, author)
    address = f"{base(course)}/lessons/{lesson}"
    with count_sql(at_most=10):
        drawer = client.get(address, headers=PART).text
    assert "Which sand?" in drawer
    assert f'href="{address}#block-{block}"' in drawer
    with count_sql(at_most=10):
        assert "Which sand?" in client.get(address).text
    with count_sql(at_most=10):
        step = client.get(f"{base(course)}/review").text
    assert f'href="{address}#block-{block}"' in step
    talk = f"{base(course)}/comments/{made_id}"
    answered = client.post(f"{talk}/replies", data={"text": "River sand.", "next": address})
    assert answered.location == f"{address}#comment-{made_id}"
    assert client.post(f"{talk}/replies", data={"text": " "}).status_code == 422
    answer = {"text": "From here.", "key": hidden_key(client, address, f"{talk}/replies")}
    assert [client.post(f"{talk}/replies", data=answer).status_code for _ in range(2)] == [303] * 2
    assert db.session.query(ReviewComment).filter_by(text="From here.").count() == 1
    assert client.post(f"{talk}/resolution", data={"next": "//evil.example"}).location == (
        f"{base(course)}/review#comment-{made_id}"
    )
    assert "Resolved by Miriam Rao" in client.get(address).text
    assert client.delete(f"{talk}/resolution").status_code == 303
    assert "Resolved by" not in client.get(address).text


def test_a_comment_that_is_too_long_comes_back_to_be_shortened(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    url = f"/review/{submit(author, course).id}/comments"
    as_(client, approver)
    refused = client.post(url, data={"lesson": lesson, "text": "Which <sand>? " * 300})
    assert refused.status_code == 422
    assert "Which &lt;sand&gt;? " * 300 in refused.text
    assert f'action="{url}"' in refused.text
    assert f'name="lesson" value="{lesson}"' in refused.text


def test_comments_are_escaped_and_keep_their_lines(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    comment(approver, request, "<b>Bold</b>\nnext", lesson=lesson)
    page = as_(client, approver).get(f"/review/{request.id}/lessons/{lesson}").text
    assert "&lt;b&gt;Bold&lt;/b&gt;\nnext" in page


def test_what_an_approver_is_told_to_look_at_leads_to_what_they_may_see(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    write(author, course, lesson, '<p>Look <a href="/x">here</a>.</p>')
    request = submit(author, course)
    page = as_(client, approver).get(f"/review/{request.id}").text
    assert f'href="/review/{request.id}/lessons/{lesson}#block-' in page
    assert "The course has no summary" in page
    assert "/basics" not in page


@pytest.mark.usefixtures("lesson")
def test_the_queue_is_paged_and_narrowed(
    client: CheckedClient, author: Actor, approver: Actor, course: Course
) -> None:
    submit(author, course, "Please look.")
    as_(client, approver)
    with count_sql(at_most=10):
        page = client.get("/review").text
    assert "New course · 1 lesson" in page
    assert "Please look." in page
    assert "Nothing waits for you" in client.get("/review?whose=mine").text
    assert "Please look." in client.get("/review?whose=others&page=1").text
    assert "Please look." in client.get("/review?whose=nonsense&page=x").text


def test_what_was_edited_since_is_shown_and_cannot_be_approved(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    write(author, course, lesson, "<p>Later.</p>")
    as_(client, approver)
    with count_sql(at_most=10):
        page = client.get(f"/review/{request.id}").text
    assert "What was edited since" in page
    assert "Edited since" in client.get("/review").text
    assert client.post(f"/review/{request.id}/approval").status_code == 409


@pytest.mark.usefixtures("lesson")
def test_rounds_and_the_life_of_the_course(
    desk: CheckedClient, author: Actor, approver: Actor, course: Course
) -> None:
    send_back(approver, submit(author, course, "First."), "Add a picture.")
    request = submit(author, course, "Second.")
    assert "Withdraw" in desk.get(f"{base(course)}/review").text
    assert desk.delete(f"{base(course)}/reviews/open").status_code == 303
    assert state_of(request) == "withdrawn"
    assert desk.delete(f"{base(course)}/reviews/open").status_code == 409
    with count_sql(at_most=10):
        page = desk.get(f"{base(course)}/reviews").text
    for words in ("Round 2", "Withdrawn.", "Round 1", "Add a picture.", "Draft → In review"):
        assert words in page


def test_strangers_and_small_roles_are_kept_out(
    client: CheckedClient, author: Actor, approver: Actor, course: Course, lesson: str
) -> None:
    request = submit(author, course)
    said = comment(approver, request, "Which sand?")
    talk, queue = f"{base(course)}/comments/{said.id}", f"/review/{request.id}"
    writes = [
        ("POST", f"{talk}/replies"),
        ("POST", f"{talk}/resolution"),
        ("DELETE", f"{talk}/resolution"),
        ("DELETE", f"{base(course)}/reviews/open"),
        ("POST", f"{queue}/comments"),
        ("POST", f"{queue}/return"),
        ("POST", f"{queue}/approval"),
    ]
    form = {"text": "Mine.", "reason": "Mine."}
    answers: dict[str, list[int]] = {}
    stranger = make_user("A Stranger", roles=["contributor"])
    assistant = give_role(course, make_user("An Assistant"), CourseRole.ASSISTANT)
    for name, person in (("stranger", stranger), ("assistant", assistant)):
        sign_in(client, person)
        answers[name] = [
            client.open(url, method=method, data=form).status_code for method, url in writes
        ]
        answers[name] += [
            client.get(url).status_code
            for url in (queue, f"{queue}/lessons/{lesson}", f"{base(course)}/reviews")
        ]
    assert answers["stranger"] == [404] * 4 + [403] * 3 + [403, 403, 404]
    assert answers["assistant"] == [403] * 7 + [403, 403, 200]
    assert state_of(request) == "open"
    assert db.session.query(ReviewComment).count() == 1


@pytest.mark.usefixtures("lesson")
def test_what_is_not_there_is_not_found(
    client: CheckedClient, author: Actor, approver: Actor, course: Course
) -> None:
    request = submit(author, course)
    as_(client, approver)
    assert client.get(f"/review/{request.id}/lessons/gone").status_code == 404
    assert client.post("/review/999/comments", data={"text": "x"}).status_code == 404
    assert client.post(f"/review/{request.id}/comments", data={}).status_code == 422
    assert client.post(f"{base(course)}/comments/999/resolution").status_code == 404
    assert working(course).is_working
