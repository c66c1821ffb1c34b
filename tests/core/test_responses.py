"""Refusals and failures, as a page, as a fragment or as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import create_app
from app.core import errors
from app.core.db import db, writing
from app.core.guards import public
from app.core.idempotency import IdempotencyKey
from app.core.responses import on_database_error
from app.core.security import csrf
from tests.support import both_databases, run
from tests.support.client import PART
from tests.support.databases import make_sqlite, settings_for
from tests.support.markup import faults_in

JSON = {"Accept": "application/json"}
CAUSES: dict[str, Exception] = {
    "forbidden": errors.Forbidden(),
    "not_found": errors.NotFound(),
    "conflict": errors.Conflict("Ben moved it first."),
    "invalid": errors.Invalid(fields={"title": "Give it a <title>."}),
    "too_many": errors.TooMany(retry_after=7),
    "busy": errors.Busy(),
    "sign_in": errors.SignInNeeded(),
    "fault": ZeroDivisionError("the secret is hunter2"),
    "locked": OperationalError("SELECT hunter2", None, Exception("database is locked")),
    "no_connection": PoolTimeout("hunter2"),
}


@public
def refuse(cause: str) -> str:
    raise CAUSES[cause]


@public
def stop(status: int) -> str:
    abort(status)


@public
def write() -> str:
    with writing():
        pass
    return request.method


@pytest.fixture(scope="module")
def faulty() -> Iterator[Flask]:
    """The application with addresses that fail in every way."""
    folder = run.own_folder() / "faulty"
    folder.mkdir()
    path = Path(folder / "lectern.db")
    make_sqlite(path)
    app = create_app(settings_for(f"sqlite:///{path}", folder))
    both = ["GET", "POST"]
    app.add_url_rule("/test/refuse/<cause>", view_func=csrf.exempt(refuse), methods=both)
    app.add_url_rule("/test/stop/<int:status>", view_func=stop)
    app.add_url_rule("/test/write", view_func=csrf.exempt(write), methods=both)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def caller(faulty: Flask) -> FlaskClient:
    return faulty.test_client()


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        ("forbidden", 403),
        ("not_found", 404),
        ("conflict", 409),
        ("invalid", 422),
        ("too_many", 429),
        ("busy", 503),
        ("fault", 500),
        ("locked", 503),
        ("no_connection", 503),
    ],
)
def test_each_refusal_is_a_page_a_fragment_and_json(
    caller: FlaskClient, cause: str, status: int
) -> None:
    address = f"/test/refuse/{cause}"
    page = caller.get(address)
    fragment = caller.get(address, headers=PART)
    data = caller.get(address, headers=JSON)
    assert {page.status_code, fragment.status_code, data.status_code} == {status}
    assert page.text.lstrip().lower().startswith("<!doctype html")
    assert faults_in(page.text) == []
    assert "<html" not in fragment.text
    assert data.json is not None
    assert data.json["error"]
    for answer in (page, fragment, data):
        assert "hunter2" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("cause", "sent", "is_kept"),
    [
        ("invalid", {"text": "One line,\r\nand another"}, True),
        ("conflict", {"text": "What somebody has thought about for a while"}, True),
        ("conflict", {"base": "f" * 64, "text": "Short"}, False),
        ("conflict", {"text": "One line,\r\nand another", "password": "x"}, False),
        ("forbidden", {"text": "One line,\r\nand another"}, False),
    ],
)
def test_what_was_written_comes_back_with_a_refusal_to_be_sent_again(
    caller: FlaskClient, cause: str, sent: dict[str, str], *, is_kept: bool
) -> None:
    address = f"/test/refuse/{cause}"
    page = caller.post(address, data={**sent, "tick": ["1", "2"]}).text
    assert (f'action="{address}"' in page) is is_kept
    assert (sent["text"].replace("\r", "") in page) is is_kept
    assert ('name="tick" value="2"' in page) is is_kept


def test_a_refusal_says_what_the_service_said_escaped(caller: FlaskClient) -> None:
    assert "Ben moved it first." in caller.get("/test/refuse/conflict").text
    invalid = caller.get("/test/refuse/invalid")
    assert "Give it a &lt;title&gt;." in invalid.text
    data: Any = caller.get("/test/refuse/invalid", headers=JSON).json
    assert data["fields"] == {"title": "Give it a <title>."}


def refused_row(*rows: dict[str, Any]) -> IntegrityError:
    """What the database says to these rows."""
    with pytest.raises(IntegrityError) as refused, writing():
        db.session.execute(insert(IdempotencyKey), rows)
    return refused.value


@both_databases
def test_a_row_that_another_made_first_is_a_conflict_and_any_other_fault_is_ours(
    app: Flask,
) -> None:
    row = {"actor_id": 1, "key": "k", "fingerprint": "f", "answer": 1}
    twice, incomplete = refused_row(row, row), refused_row(row | {"actor_id": None})
    with app.test_request_context("/a", headers=JSON):
        answer = on_database_error(twice)
        assert answer.status_code == 409
        assert "twice at one moment" in answer.get_data(as_text=True)
        assert on_database_error(incomplete).status_code == 500


@pytest.mark.parametrize(("cause", "seconds"), [("too_many", "7"), ("busy", "2"), ("locked", "2")])
def test_who_may_come_back_is_told_when(caller: FlaskClient, cause: str, seconds: str) -> None:
    assert caller.get(f"/test/refuse/{cause}").headers["Retry-After"] == seconds


def test_who_must_log_in_is_led_there_and_back_for_a_page(caller: FlaskClient) -> None:
    answer = caller.get("/test/refuse/sign_in?page=2")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("next=/test/refuse/sign_in?page%3D2")
    asked = caller.get("/test/refuse/sign_in", headers=PART)
    assert "HX-Redirect" in asked.headers


def test_who_must_log_in_is_told_so_for_a_write_and_for_data(caller: FlaskClient) -> None:
    assert caller.post("/test/refuse/sign_in").status_code == 401
    assert caller.get("/test/refuse/sign_in", headers=JSON).status_code == 401


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 418])
def test_what_flask_refuses_looks_the_same(caller: FlaskClient, status: int) -> None:
    page = caller.get(f"/test/stop/{status}")
    assert page.status_code == status
    assert faults_in(page.text) == []
    assert caller.get(f"/test/stop/{status}", headers=JSON).json is not None


def test_a_wrong_method_is_told_the_right_ones(caller: FlaskClient) -> None:
    answer = caller.delete("/test/stop/404", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code in (400, 405)


def test_a_failure_names_the_request_that_the_log_tells_more_about(caller: FlaskClient) -> None:
    answer = caller.get("/test/refuse/fault", headers={"X-Request-Id": "abc-12345678"})
    assert answer.headers["X-Request-Id"] == "abc-12345678"
    assert "abc-12345678" in answer.text


@pytest.mark.parametrize("planted", ["a b", "short", "x" * 65, "<script>alert(1)</script>"])
def test_a_request_id_that_could_forge_log_lines_is_replaced(
    caller: FlaskClient, planted: str
) -> None:
    answer = caller.get("/test/stop/404", headers={"X-Request-Id": planted})
    assert answer.headers["X-Request-Id"] != planted


def test_a_route_that_writes_on_a_safe_request_fails_and_writes_nothing(
    caller: FlaskClient,
) -> None:
    assert caller.get("/test/write").status_code == 500
    assert caller.post("/test/write").text == "POST"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_another_site_is_refused(caller: FlaskClient, headers: dict[str, str]) -> None:
    assert caller.post("/test/write", headers=headers).status_code == 403
    assert caller.get("/test/stop/404", headers=headers).status_code == 404


def test_after_a_failure_the_connection_is_good_for_the_next_request(faulty: Flask) -> None:
    client = faulty.test_client()
    for _ in range(20):
        client.get("/test/refuse/fault")
    with faulty.app_context():
        assert db.session.execute(text("SELECT 1")).scalar_one() == 1


def test_every_answer_carries_the_protecting_headers(caller: FlaskClient) -> None:
    for address in ("/test/stop/404", "/test/refuse/fault", "/healthz"):
        headers = caller.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
