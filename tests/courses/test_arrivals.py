"""Files that a browser sends to S3 by itself: announced, sent, looked at, and only then ours."""

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Arrival, Course
from app.blueprints.courses.queries import stored_bytes
from app.blueprints.courses.services.sweeping import AWAITED, sweep_arrivals, sweep_files
from app.blueprints.profiles.models import STANDARD
from app.core import clock
from app.core.db import db
from tests.courses.uploading import JSON, rows, run_media_jobs
from tests.factories import files, saving
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.s3_server import keys_in


@pytest.fixture
def teacher(s3_app: Flask) -> User:
    return make_user("Miriam Rao", roles=["contributor"])


@pytest.fixture
def client(s3_app: Flask, teacher: User) -> CheckedClient:
    client = s3_app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, teacher)
    return client


@pytest.fixture
def course(teacher: User) -> Course:
    return make_course(owner=teacher)


def announce(client: CheckedClient, course: Course, name: str, size: int) -> Any:
    return client.post(
        f"/teaching/{course.slug}/arrivals", data={"name": name, "size": size}, headers=JSON
    )


def send(client: CheckedClient, course: Course, content: bytes, name: str) -> Any:
    """Send a file as a script does; return what has become of it."""
    told = announce(client, course, name, len(content)).get_json()
    sent = requests.post(told["url"], data=told["fields"], files={"file": content}, timeout=10)
    assert sent.status_code == 204
    assert client.post(told["arrival"], headers=JSON).status_code == 202
    assert client.get(told["arrival"]).get_json() == {"state": "sent", "error": ""}
    run_media_jobs()
    return client.get(told["arrival"]).get_json()


@both_databases
def test_a_file_is_looked_at_before_it_is_ours(
    client: CheckedClient, teacher: User, course: Course, bucket: Any
) -> None:
    done = send(client, course, files.PDF, "Handout.pdf")
    assert (done["state"], done["name"]) == ("done", "Handout.pdf")
    assert done["content_type"] == "application/pdf"
    assert rows() == (1, 1)
    assert [key[:6] for key in keys_in(bucket)] == ["blobs/"]
    assert stored_bytes(teacher.id) == len(files.PDF)


def test_it_is_read_from_a_signed_address(client: CheckedClient, course: Course) -> None:
    done = send(client, course, files.PDF, "Handout.pdf")
    answer = client.get(done["url"])
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
    address = answer.headers["Location"]
    signed = parse_qs(urlsplit(address).query)
    assert signed["X-Amz-Expires"] == ["300"]
    assert signed["response-content-type"] == ["application/pdf"]
    read = requests.get(address, timeout=10)
    assert read.content == files.PDF
    assert read.headers["Content-Disposition"] == "attachment; filename=Handout.pdf"


def test_strangers_get_no_address(s3_app: Flask, client: CheckedClient, course: Course) -> None:
    done = send(client, course, files.PDF, "Handout.pdf")
    assert s3_app.test_client().get(done["url"]).status_code == 404


HOSTILE = [
    (files.SVG, "a.png", "SVG"),
    (files.PAGE, "a.pdf", "Web pages"),
    (files.picture()[:50], "a.png", "damaged"),
    (b"MZ" + bytes(100), "a.exe", "not taken"),
]


@pytest.mark.parametrize(("content", "name", "told"), HOSTILE)
def test_what_is_not_taken_is_told_and_gone(
    client: CheckedClient,
    teacher: User,
    course: Course,
    bucket: Any,
    content: bytes,
    name: str,
    told: str,
) -> None:
    done = send(client, course, content, name)
    assert done["state"] == "refused"
    assert told in done["error"]
    assert rows() == (0, 0)
    assert keys_in(bucket) == []
    assert stored_bytes(teacher.id) == 0


def test_the_ordinary_form_works_as_well(
    client: CheckedClient, course: Course, bucket: Any
) -> None:
    content = files.picture(size=(700, 500))
    sent = client.post(
        f"/teaching/{course.slug}/assets",
        data={"file": (io.BytesIO(content), "map.png")},
        headers=JSON,
    )
    assert sent.status_code == 201
    run_media_jobs()
    assert len(keys_in(bucket)) == 2
    small = client.get(f"{sent.get_json()['url']}/thumbnail")
    assert requests.get(small.headers["Location"], timeout=10).headers["Content-Type"] == (
        "image/webp"
    )


@both_databases
def test_what_is_announced_counts_until_it_comes_or_not(
    client: CheckedClient, teacher: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STANDARD, "most_bytes", 1000)
    assert announce(client, course, "a.pdf", 600).status_code == 201
    refused = announce(client, course, "b.pdf", 600)
    assert refused.status_code == 507
    with saving():
        db.session.query(Arrival).update({"created_at": clock.now() - AWAITED})
        sweep_arrivals()
    assert announce(client, course, "b.pdf", 600).status_code == 201


def test_too_large_a_file_is_not_let_in(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STANDARD, "most_file_bytes", 1000)
    assert announce(client, course, "a.pdf", 1001).status_code == 413
    for size in (0, -1, "x", "9" * 40):
        assert announce(client, course, "a.pdf", size).status_code == 422  # type: ignore[arg-type]


def test_more_than_announced_is_refused(client: CheckedClient, course: Course, bucket: Any) -> None:
    told = announce(client, course, "a.pdf", 10).get_json()
    key = told["fields"]["key"]
    bucket.put_object(Bucket="lectern", Key=key, Body=files.PDF)
    client.post(told["arrival"])
    run_media_jobs()
    assert client.get(told["arrival"]).get_json()["state"] == "refused"
    assert keys_in(bucket) == []


def test_what_never_came_is_told(client: CheckedClient, course: Course) -> None:
    told = announce(client, course, "a.pdf", 10).get_json()
    for _ in range(2):
        client.post(told["arrival"])
    assert run_media_jobs() == 1
    assert "did not arrive" in client.get(told["arrival"]).get_json()["error"]


def test_an_arrival_is_its_senders_alone(
    s3_app: Flask, client: CheckedClient, course: Course
) -> None:
    told = announce(client, course, "a.pdf", 10).get_json()
    other = s3_app.test_client()
    assert other.post(f"/teaching/{course.slug}/arrivals", data={}).status_code in (400, 401)
    sign_in(other, make_user(roles=["admin"]))
    assert other.get(told["arrival"]).status_code == 404
    assert other.post(told["arrival"]).status_code == 404


def test_what_is_left_in_the_bucket_is_swept(
    client: CheckedClient, course: Course, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = send(client, course, files.PDF, "kept.pdf")
    bucket.put_object(Bucket="lectern", Key="incoming/never", Body=b"x")
    bucket.put_object(Bucket="lectern", Key=f"blobs/{'0' * 64}", Body=b"x")
    sweep_files()
    assert len(keys_in(bucket)) == 3
    later = clock.now() + AWAITED * 20
    monkeypatch.setattr("app.blueprints.courses.services.sweeping.clock.now", lambda: later)
    sweep_files()
    assert len(keys_in(bucket)) == 1
    assert client.get(done["url"]).status_code == 303


def test_a_page_names_the_bucket_in_its_policy(s3_app: Flask, client: CheckedClient) -> None:
    policy = client.get("/courses").headers["Content-Security-Policy"]
    origin = s3_app.extensions["storage"].origin
    for part in ("img-src", "media-src", "connect-src", "form-action"):
        assert f"{part} 'self' {origin}" in policy


def test_without_s3_nothing_is_named_and_files_are_sent_here(app: Flask) -> None:
    teacher = make_user(roles=["contributor"])
    course = make_course(owner=teacher)
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    sign_in(client, teacher)
    told = announce(client, course, "a.pdf", 10).get_json()
    assert told == {"url": f"/teaching/{course.slug}/assets", "fields": {}, "arrival": None}
    policy = client.get("/courses").headers["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy
    assert "form-action 'self';" in policy
