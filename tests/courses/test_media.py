"""Files of lessons over HTTP: who gets them, how they are sent."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Asset, CourseRole
from app.core import clock
from app.core.storage import storage
from tests.factories.accounts import make_user, sign_in
from tests.factories.courses import make_asset, make_course
from tests.support.client import CheckedClient

CONTENT = b"0123456789"


def upload(owner: User, **fields: Any) -> Asset:
    """A stored file in a course of `owner`."""
    content = fields.pop("content", CONTENT)
    storage().put(io.BytesIO(content), most=10_000)
    return make_asset(make_course(owner=owner), content, **fields)


def fetch(client: FlaskClient, asset: Asset, **headers: str) -> TestResponse:
    """The answer to who asks for the file, read to its end."""
    return client.get(f"/media/{asset.public_id}", headers=headers, buffered=True)


def test_those_who_teach_the_course_get_its_files(client: CheckedClient, teacher: User) -> None:
    asset = upload(teacher)
    response = fetch(client, asset)
    assert (response.status_code, response.data) == (200, CONTENT)
    headers = response.headers
    assert headers["Content-Type"] == "image/png"
    assert headers["Cache-Control"] == "private, max-age=3600, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"] == "inline; filename=picture.png"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert "Cookie" in headers["Vary"]


def test_strangers_learn_nothing(app: Flask, client: CheckedClient, teacher: User) -> None:
    asset = upload(teacher)
    gone = upload(teacher, deleted_at=clock.now())
    stranger = app.test_client()
    assert fetch(stranger, asset).status_code == 404
    sign_in(stranger, make_user())
    assert fetch(stranger, asset).status_code == 404
    assert fetch(client, gone).status_code == 404
    assert client.get("/media/nothing").status_code == 404


def test_assistants_and_approvers_may_look(app: Flask, teacher: User) -> None:
    helper, approver = make_user(), make_user(roles=["approver"])
    storage().put(io.BytesIO(CONTENT), most=10_000)
    course = make_course(people=[(helper, CourseRole.ASSISTANT)])
    asset = make_asset(course, CONTENT)
    for person in (helper, approver):
        client = app.test_client()
        sign_in(client, person)
        assert fetch(client, asset).status_code == 200


def test_a_file_is_not_sent_twice(client: CheckedClient, teacher: User) -> None:
    asset = upload(teacher)
    tag = fetch(client, asset).headers["ETag"]
    again = fetch(client, asset, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_video_is_sent(client: CheckedClient, teacher: User) -> None:
    asset = upload(teacher, content_type="video/mp4", name="clip.mp4")
    part = fetch(client, asset, Range="bytes=2-4")
    assert (part.status_code, part.data) == (206, b"234")
    assert part.headers["Content-Range"] == "bytes 2-4/10"
    assert part.headers["Content-Length"] == "3"
    beyond = fetch(client, asset, Range="bytes=50-60")
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    "kind", ["application/pdf", "text/html", "text/plain", "application/zip", "text/vtt"]
)
def test_what_a_browser_need_not_show_is_saved(
    client: CheckedClient, teacher: User, kind: str
) -> None:
    asset = upload(teacher, content_type=kind, name="notes.bin")
    sent = fetch(client, asset).headers
    assert sent["Content-Disposition"].startswith("attachment")
    assert sent["Content-Security-Policy"].startswith("sandbox;")


def test_what_is_not_on_our_list_is_sent_as_bytes(client: CheckedClient, teacher: User) -> None:
    for kind in ("text/html", "application/javascript", "image/x-evil"):
        sent = fetch(client, upload(teacher, content_type=kind, content=kind.encode())).headers
        assert sent["Content-Type"] == "application/octet-stream"
        assert sent["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ['a"b\r\nX-Evil: 1.png', "../../etc/passwd", "Übung 1.png", "\\"])
def test_a_name_is_only_a_name(client: CheckedClient, teacher: User, name: str) -> None:
    sent = fetch(client, upload(teacher, name=name)).headers
    assert "X-Evil" not in sent
    assert "/" not in sent["Content-Disposition"]


def test_a_file_that_is_not_stored_is_not_there(client: CheckedClient, teacher: User) -> None:
    asset = make_asset(make_course(owner=teacher), b"never stored")
    assert fetch(client, asset).status_code == 404
