"""Sending files into a course over HTTP: what is kept, what is refused and leaves nothing."""

import errno
import io
import os
from typing import Any

import pytest
from flask import Flask

from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.profiles.models import STANDARD
from app.core.db import db
from tests.courses.uploading import JSON, kept_files, rows, send
from tests.factories import files
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_course
from tests.support import both_databases
from tests.support.client import CheckedClient


@pytest.fixture
def nothing_is_left(app: Flask) -> Any:
    """Fails where a test leaves a row or a file more than it found."""
    files_before, rows_before = kept_files(), rows()
    yield
    db.session.rollback()
    assert rows() == rows_before
    assert kept_files() == files_before


@both_databases
def test_a_picture_is_kept_and_told(client: CheckedClient, course: Course) -> None:
    response = send(client, course, files.picture(size=(41, 30)), "Soil map.png")
    assert response.status_code == 201
    told = response.get_json()
    assert response.headers["Location"] == told["url"] == f"/media/{told['asset']}"
    assert (told["name"], told["content_type"]) == ("Soil map.png", "image/png")
    assert (told["width"], told["height"]) == (41, 30)
    sent = client.get(told["url"])
    assert (sent.status_code, len(sent.data)) == (200, told["size"])
    assert rows() == (1, 1)


def test_the_same_file_twice_is_one(client: CheckedClient, course: Course) -> None:
    first = send(client, course, files.PDF, "a.pdf").get_json()
    before = kept_files()
    again = send(client, course, files.PDF, "b.pdf")
    assert (again.status_code, again.get_json()["asset"]) == (201, first["asset"])
    assert rows() == (1, 1)
    assert kept_files() == before


def test_a_plain_form_is_led_back(client: CheckedClient, course: Course) -> None:
    back = f"/teaching/{course.slug}/lessons/l1"
    response = send(client, course, files.PDF, "a.pdf", next=back)
    assert (response.status_code, response.headers["Location"]) == (303, back)
    away = send(client, course, files.PDF, "a.pdf", next="//evil.example")
    assert away.status_code == 201


@pytest.mark.usefixtures("nothing_is_left")
def test_only_those_who_edit_the_course_send_files(app: Flask, course: Course) -> None:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    assert send(client, course, files.PDF, "a.pdf").status_code == 401
    sign_in(client, make_user(roles=["contributor"]))
    assert send(client, course, files.PDF, "a.pdf").status_code == 403
    draft = make_course(published=False, people=[(helper := make_user(), CourseRole.ASSISTANT)])
    assert send(client, draft, files.PDF, "a.pdf").status_code == 404
    sign_in(client, helper)
    assert send(client, draft, files.PDF, "a.pdf").status_code == 403


HOSTILE = [
    (files.SVG, "a.svg", 415),
    (files.SVG, "a.png", 415),
    (files.PAGE, "a.png", 415),
    (files.PAGE, "a.html", 415),
    (files.PDF, "a.png", 415),
    (b"%PDF-1.4\n<html><script>alert(1)</script>\n%%EOF", "a.pdf", 415),
    (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "a.gif", 422),
    (files.picture("JPEG")[:200] + files.archive({"x.html": files.PAGE}), "a.jpg", 422),
    (files.archive({"x.html": files.PAGE}), "a.zip", 415),
    (files.picture("PNG", (400, 300))[:60], "a.png", 422),
    (b"", "a.png", 422),
    (b"MZ" + bytes(100), "a.exe", 415),
]


@pytest.mark.usefixtures("nothing_is_left")
@pytest.mark.parametrize(("content", "name", "status"), HOSTILE)
def test_hostile_files_leave_nothing(
    client: CheckedClient, course: Course, content: bytes, name: str, status: int
) -> None:
    response = send(client, course, content, name)
    assert response.status_code == status
    told = response.get_json()
    assert told["fields"].get("file") or "taken" in told["error"] or "file" in told["error"]


@pytest.mark.usefixtures("nothing_is_left")
def test_a_form_without_a_file_is_refused(client: CheckedClient, course: Course) -> None:
    url = f"/teaching/{course.slug}/assets"
    for data in ({}, {"file": "text"}, {"file": (io.BytesIO(b""), "")}):
        assert client.post(url, data=data, headers=JSON).status_code == 422


@pytest.mark.usefixtures("nothing_is_left")
def test_too_large_a_file_is_refused_before_it_is_read(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STANDARD, "most_file_bytes", 2 * 1024 * 1024)
    response = send(client, course, b"x" * 3_000_000, "a.txt")
    assert response.status_code == 413
    assert "larger than 2 MB" in response.get_json()["error"]
    # Within what a form adds around a file, it is the bytes themselves that are counted.
    barely = send(client, course, b"x" * (2 * 1024 * 1024 + 1), "a.txt")
    assert barely.status_code == 413
    assert "larger than 2 MB" in barely.get_json()["error"]


@pytest.mark.usefixtures("nothing_is_left")
def test_half_an_upload_leaves_nothing(client: CheckedClient, course: Course) -> None:
    whole = files.PDF * 2000
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + whole
    response = client.post(
        f"/teaching/{course.slug}/assets",
        input_stream=io.BytesIO(body),
        content_type="multipart/form-data; boundary=x",
        headers={**JSON, "Content-Length": str(len(body) + 50_000)},
    )
    assert response.status_code in (400, 422)


@pytest.mark.usefixtures("nothing_is_left")
@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_nothing(
    client: CheckedClient, course: Course, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"app.core.storage.local.{call.replace('pathlib.', '')}", full)
    response = send(client, course, files.PDF, "a.pdf")
    assert response.status_code == 507
    assert "no space left" in response.get_json()["error"]


def test_a_file_that_is_left_would_be_noticed(client: CheckedClient, course: Course) -> None:
    before, content = kept_files(), os.urandom(8).hex().encode()
    send(client, course, content, "noticed.txt")
    assert len(kept_files() - before) == 1
    assert rows() == (1, 1)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\0b.pdf", "gnp.\u202efdp.pdf", "x" * 3000 + ".pdf", "\\.pdf"]
)
def test_odd_names_are_made_plain(client: CheckedClient, course: Course, name: str) -> None:
    told = send(client, course, files.PDF, name).get_json()
    assert told["name"].endswith(".pdf")
    assert len(told["name"]) <= 120
    assert not set(told["name"]) & set("/\\\0\u202e")


def test_uploads_are_limited(client: CheckedClient, course: Course) -> None:
    answers = [send(client, course, b"", "a.png").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
