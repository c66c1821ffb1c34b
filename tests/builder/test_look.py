"""The cover and the pace of a course: in the draft, then with the publication."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.blueprints.accounts.models import User
from app.blueprints.courses.models import Course, CourseRole
from app.blueprints.courses.queries import get_course
from app.blueprints.courses.rules.pacing import Pacing, PacingMode
from app.core.actor import Actor
from app.core.db import db
from tests.builder.pages import base, give_role, version_of
from tests.builder.steps import add_lesson, publish, write
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.support.client import CheckedClient
from tests.support.sql import count_sql


def picture() -> io.BytesIO:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, "PNG")
    out.seek(0)
    return out


def send(client: CheckedClient, course: Course, file: Any) -> Any:
    sent = {"file": file}
    return client.post(f"{base(course)}/cover", data=sent, content_type="multipart/form-data")


def test_a_cover_is_seen_by_all_once_it_is_published(
    desk: CheckedClient, author: Actor, course: Course
) -> None:
    with count_sql(at_most=10):
        desk.get(f"{base(course)}/look")
    assert send(desk, course, (picture(), "field.png")).status_code == 303
    version = version_of(course)
    assert version.cover
    public_id = version.cover.public_id
    assert f"/media/{public_id}" in desk.get(f"{base(course)}/look").text
    assert get_course(course.id).cover == ""
    write(author, course, add_lesson(author, course, "Clay"))
    with saving():
        db.session.get_one(User, author.id).is_approver = True
    publish(actor_for(db.session.get_one(User, author.id)), course)
    desk.post("/logout")
    assert f"/media/{public_id}" in desk.get("/courses").text
    assert desk.get(f"/media/{public_id}").status_code == 200


def test_a_cover_can_be_taken_off(desk: CheckedClient, course: Course) -> None:
    send(desk, course, (picture(), "field.png"))
    assert desk.delete(f"{base(course)}/cover").status_code == 303
    assert version_of(course).cover_id is None


def test_what_is_no_picture_is_no_cover(desk: CheckedClient, course: Course) -> None:
    refused = send(desk, course, (io.BytesIO(b"only words"), "words.txt"))
    assert refused.status_code in (415, 422)
    none = desk.post(f"{base(course)}/cover", data={}, content_type="multipart/form-data")
    assert none.status_code == 422
    assert version_of(course).cover_id is None


def test_the_pace_is_kept(desk: CheckedClient, course: Course) -> None:
    form = {"mode": "by_date", "starts_on": "2027-01-04", "every_days": "14"}
    assert desk.post(f"{base(course)}/pacing", data=form).status_code == 303
    kept = {"mode": "by_date", "starts_on": "2027-01-04", "every_days": 14}
    assert version_of(course).pacing == kept
    assert 'value="2027-01-04"' in desk.get(f"{base(course)}/look").text


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "sometimes"}, {"mode": "weekly"}, {"mode": "by_date", "starts_on": "soon"},
     {"mode": "since_enrolment", "every_days": "0"}],
)  # fmt: skip
def test_paces_that_cannot_be(desk: CheckedClient, course: Course, wrong: dict[str, str]) -> None:
    assert desk.post(f"{base(course)}/pacing", data=wrong).status_code == 422
    assert version_of(course).pacing == {}


@given(st.sampled_from(PacingMode), st.dates(), st.integers(1, 365))
def test_what_is_stored_is_read_again(mode: PacingMode, day: date, days: int) -> None:
    stored = Pacing(mode, day, days).to_json()
    assert Pacing.from_json(stored).to_json() == stored
    assert Pacing.from_json(stored).missing == ""


def test_who_may(client: CheckedClient, course: Course) -> None:
    sign_in(client, make_user())
    assert client.get(f"{base(course)}/look").status_code == 404
    sign_in(client, give_role(course, make_user(), CourseRole.ASSISTANT))
    assert client.get(f"{base(course)}/look").status_code == 403
    assert send(client, course, (picture(), "x.png")).status_code == 403
    assert client.post(f"{base(course)}/pacing", data={"mode": "weekly"}).status_code == 403
