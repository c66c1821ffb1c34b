"""Notices over HTTP: the bell, the list, opening, choices, and mail while developing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.accounts.models import User
from app.blueprints.messaging import services
from app.blueprints.messaging.rules.kind import TOPICS
from app.blueprints.messaging.rules.kinds import KINDS
from app.blueprints.messaging.services import News
from app.core.db import writing
from app.core.mail.transports import NoTransport
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.messaging.post import notices_of, post
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

# What every kind's words may name.
ABOUT = {
    "course": "<b>Loops</b>",
    "name": "Ines Cole",
    "reason": "Because <script>",
    "cohort": "Autumn",
    "ends_at": "2026-11-21T17:05:00+00:00",
    "until_at": "2026-11-21T17:05:00+00:00",
    **dict.fromkeys(("place", "count", "number", "request", "entry", "invitation"), 1),
}


@pytest.fixture
def ada(client: CheckedClient) -> User:
    """Somebody, signed in."""
    user = make_user("Ada Okafor")
    sign_in(client, user)
    return user


def tell(user: User, kind: str = "let_in", key: str = "k") -> int:
    """Tell somebody something about a course; return the notice's number."""
    course = make_course("Loops", slug=f"loops-{key}")
    with writing():
        services.tell(News(kind, key, course.id, ABOUT), [user.id])
    return notices_of(user)[-1].id


def test_the_bell_counts_what_is_unread(client: CheckedClient, ada: User) -> None:
    assert 'class="count"' not in client.get("/courses").text
    first = tell(ada)
    tell(ada, key="k2")
    assert "2 unread notices" in client.get("/courses").text
    client.post(f"/notifications/{first}/reading")
    assert "One unread notice" in client.get("/courses").text


def test_the_bell_costs_no_statement_and_a_look_at_it_one(client: CheckedClient, ada: User) -> None:
    tell(ada)
    with count_sql(at_most=1):
        answer = client.get("/notifications/bell")
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/notifications/bell", headers=tag).status_code == 304
    tell(ada, key="k2")
    assert client.get("/notifications/bell", headers=tag).status_code == 200


def test_strangers_have_no_bell(client: CheckedClient) -> None:
    assert 'id="bell"' not in client.get("/courses").text
    assert client.get("/notifications").status_code == 303


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    client: CheckedClient, ada: User, number: int
) -> None:
    for one in range(number):
        tell(ada, key=f"k{one}")
    with count_sql(at_most=3):
        text = client.get("/notifications").text
    assert text.count("You have a seat in") == min(number, 25)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_shown_and_mailed(client: CheckedClient, ada: User, kind: str) -> None:
    tell(ada, kind)
    page = client.get("/notifications").text
    assert "&lt;b&gt;Loops&lt;/b&gt;" in page
    assert "Because &lt;script&gt;" in page
    assert "%(" not in page


def test_opening_marks_as_read_and_leads_there(client: CheckedClient, ada: User) -> None:
    number = tell(ada)
    assert client.get(f"/notifications/{number}/reading").status_code == 405
    answer = client.post(f"/notifications/{number}/reading")
    assert (answer.status_code, answer.location) == (303, "/courses/loops-k")
    assert notices_of(ada)[0].read_at


def test_what_is_over_says_so(client: CheckedClient, ada: User) -> None:
    answer = client.post(f"/notifications/{tell(ada, 'invited')}/reading", follow_redirects=True)
    assert "That is over" in answer.text


def test_nobody_opens_or_reads_anothers(client: CheckedClient, ada: User) -> None:
    other = make_user("Ben Idris")
    number = tell(other)
    assert client.post(f"/notifications/{number}/reading").status_code == 404
    client.post("/notifications/reading", data={"until": number})
    assert notices_of(other)[0].read_at is None
    assert "Loops" not in client.get("/notifications").text


def test_all_that_was_shown_is_read_at_once_and_nothing_newer(
    client: CheckedClient, ada: User
) -> None:
    shown = [tell(ada, key=key) for key in "ab"][-1]
    tell(ada, key="c")
    assert client.post("/notifications/reading", data={"until": shown}).status_code == 303
    assert [bool(one.read_at) for one in notices_of(ada)] == [True, True, False]
    client.post("/notifications/reading", data={"until": "many"})
    assert notices_of(ada)[-1].read_at is None


def test_an_empty_list_says_what_will_come(client: CheckedClient, ada: User) -> None:
    assert "Nothing to tell you yet" in client.get("/notifications").text


def test_mail_is_switched_off_and_on_by_topic(client: CheckedClient, ada: User) -> None:
    assert client.get("/settings/notifications").text.count("checked") == len(TOPICS)
    answer = client.post("/settings/notifications", data={"topics": ["offers"], "ticked": "1"})
    assert answer.status_code == 303
    assert client.get("/settings/notifications").text.count("checked") == 1
    assert (
        client.post("/settings/notifications", data={"topics": ["x"], "ticked": "1"}).status_code
        == 422
    )
    assert client.post("/settings/notifications", data={}).status_code == 422
    assert client.post("/settings/notifications", data={"ticked": "1"}).status_code == 303
    assert client.get("/settings/notifications").text.count("checked") == 0


def test_mail_can_be_read_while_developing(app: Flask, client: CheckedClient, ada: User) -> None:
    assert "No mail yet" in client.get("/dev/mail").text
    tell(ada)
    (letter,) = post()
    assert letter.name in client.get("/dev/mail").text
    page = client.get(f"/dev/mail/{letter.name}")
    assert "frame-src 'self';" in page.headers["Content-Security-Policy"]
    assert "You have a seat in" in page.text
    # Mail has styles on its elements, which no page of ours may have.
    frame = FlaskClient(app, app.response_class).get(f"/dev/mail/{letter.name}/html")
    assert "sandbox" in frame.headers["Content-Security-Policy"]
    assert "&lt;b&gt;Loops" in frame.text


def test_where_mail_really_leaves_there_is_nothing_to_read(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "mail", NoTransport())
    for path in ("/dev/mail", "/dev/mail/x", "/dev/mail/x/html"):
        assert client.get(path).status_code == 404


def test_a_moment_says_its_zone(client: CheckedClient, ada: User) -> None:
    tell(ada, "offered")
    assert "21 Nov 2026, 17:05 UTC" in client.get("/notifications").text


def test_every_kind_leads_to_a_page_of_ours(app: Flask) -> None:
    routes = app.url_map.bind("localhost")
    for kind in KINDS.values():
        named = dict.fromkeys(("slug", "token"), "x") | {"request": "1"}
        path = (kind.path % named).partition("?")[0]
        assert routes.test(path, method="GET"), kind.name
