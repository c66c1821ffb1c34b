"""Public pages: validated, kept, and never somebody's own."""

import pytest
from flask import Flask, session

from app.core import public_pages
from app.core.guards import current_actor
from app.core.public_pages import public_page, shelf
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def test_a_page_that_did_not_change_is_not_sent_again(client: CheckedClient) -> None:
    make_course("Loops")
    first = client.get("/courses")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Cookie", "HX-Request"} <= set(first.vary)
    with count_sql(at_most=1):
        again = client.get("/courses", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    make_course("Arrays")
    changed = client.get("/courses", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Arrays" in changed.text


def test_the_tag_that_compression_wrote_is_known_again(client: CheckedClient) -> None:
    for number in range(9):
        make_course(f"Course {number}")
    zipped = {"Accept-Encoding": "gzip"}
    first = client.get("/courses", headers=zipped)
    assert first.headers["Content-Encoding"] == "gzip"
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/courses", headers={**zipped, **tag}).status_code == 304


def test_a_hot_page_is_one_statement(client: CheckedClient) -> None:
    course = make_course("Loops")
    for address in ("/courses", "/courses?q=loops", f"/courses/{course.slug}"):
        first = client.get(address)
        with count_sql(at_most=1):
            again = client.get(address)
        assert again.data == first.data
        assert again.headers["Content-Type"] == first.headers["Content-Type"]


def test_what_the_browser_asks_for_keeps_pages_apart(client: CheckedClient) -> None:
    make_course("Loops")
    page = client.get("/courses").text
    fragment = client.get("/courses", headers={"HX-Request": "true"}).text
    client.set_cookie("theme", "dark")
    dark = client.get("/courses").text
    assert "<html" in page
    assert "<html" not in fragment
    assert 'data-theme="dark"' in dark
    assert 'data-theme="dark"' not in page


def test_strangers_get_no_cookie(client: CheckedClient) -> None:
    course = make_course()
    for address in ("/courses", f"/courses/{course.slug}"):
        response = client.get(address)
        assert "Set-Cookie" not in response.headers
        assert "csrf" not in response.text.lower()


def test_a_signed_in_page_is_neither_kept_nor_answered_from_memory(
    app: Flask, client: CheckedClient
) -> None:
    course = make_course()
    addresses = ("/courses", f"/courses/{course.slug}")
    person = app.test_client()
    sign_in(person, make_user("Canary Finch"))
    for address in addresses:
        own = person.get(address)
        assert "Canary Finch" in own.text
        assert own.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in own.headers
    assert len(shelf) == 0
    for address in addresses:
        strangers = client.get(address)
        assert "Canary Finch" not in strangers.text
        tag = {"If-None-Match": strangers.headers["ETag"]}
        assert person.get(address, headers=tag).status_code == 200
        assert "Canary Finch" in person.get(address).text


def test_a_bad_or_ended_session_is_a_session(client: CheckedClient) -> None:
    make_course()
    client.set_cookie("lectern", "forged")
    assert client.get("/courses").headers["Cache-Control"] == "private, no-store"
    assert len(shelf) == 0


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
def test_anything_that_names_a_person_is_refused_a_key(app: Flask, header: str) -> None:
    value = {"Authorization": "Bearer x", "Cookie": "remember_token=x"}[header]
    with app.test_request_context("/courses", headers={header: value}):
        assert not public_pages.is_stranger()
    with app.test_request_context("/courses", headers={"Cookie": "theme=dark"}):
        assert public_pages.is_stranger()


class TestPlantedFaults:
    """The second line holds though the first be broken, and a page make itself personal."""

    def test_a_person_taken_for_a_stranger(
        self, app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(public_pages, "is_stranger", lambda: True)
        make_course()
        sign_in(client, make_user("Canary Finch"))
        response = client.get("/courses")
        assert "Canary Finch" in response.text
        assert response.headers["Cache-Control"] == "private, no-store"
        assert len(shelf) == 0

    def test_a_page_that_changed_while_it_was_drawn(self, app: Flask) -> None:
        states = iter(["before", "after"])

        @public_page(lambda: next(states))
        def changes() -> str:
            return ""

        with app.test_request_context("/"):
            response = changes()
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in response.headers
        assert len(shelf) == 0

    def test_a_page_that_begins_a_session_or_sets_a_cookie(self, app: Flask) -> None:
        @public_page(lambda: "state")
        def begins() -> str:
            session["_user_id"] = "x"
            return str(current_actor().id)

        @public_page(lambda: "state")
        def sets() -> tuple[str, dict[str, str]]:
            return "", {"Set-Cookie": "a=b"}

        for view in (begins, sets):
            with app.test_request_context("/"):
                assert view().headers["Cache-Control"] == "private, no-store"
        assert len(shelf) == 0
