"""Where a course is found: subject, categories, tags, facets, visibility, address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from app.blueprints.accounts.models import User
from app.blueprints.courses import services
from app.blueprints.courses.models import Category, Course, Tag
from app.blueprints.courses.rules.tags import MOST_TAGS, TagTooLong, TooManyTags, parse_tags
from app.blueprints.courses.services import address
from app.core.audit import AuditEvent
from app.core.db import db, writing
from app.core.errors import Conflict
from tests.courses.settings.conftest import again
from tests.factories import saving
from tests.factories.accounts import actor_for, make_user, sign_in
from tests.factories.courses import make_course, make_subject
from tests.support import both_databases
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

FORM = {
    "subject_id": "",
    "tags": "",
    "product_suite": "",
    "product_concept": "",
    "visibility": "listed",
}


def make_category(name: str) -> Category:
    with saving():
        category = Category(name=name, slug=name.lower())
        db.session.add(category)
        db.session.flush()
    return category


def test_the_page_shows_what_there_is_and_saving_changes_it(
    desk: CheckedClient, course: Course
) -> None:
    subject, shelf = make_subject("Science"), make_category("Outdoors")
    with count_sql(at_most=10):
        assert "Outdoors" in desk.get("/teaching/soil/settings").text
    form = {
        "subject_id": subject.id,
        "category_ids": shelf.id,
        "tags": "Clay, field work , CLAY,, ",
        "product_suite": "Earth",
        "product_concept": "Reading",
        "visibility": "unlisted",
    }
    saved = desk.post("/teaching/soil/settings/placing", data=form)
    assert (saved.status_code, saved.location) == (303, "/teaching/soil/settings")
    now = again(course)
    assert (now.subject_id, now.product_suite, now.product_concept) == (
        subject.id,
        "Earth",
        "Reading",
    )
    assert [one.name for one in now.categories] == ["Outdoors"]
    assert [one.name for one in now.tags] == ["Clay", "field work"]
    assert now.is_public is False
    assert 'value="Clay, field work"' in desk.get("/teaching/soil/settings").text
    act = db.session.query(AuditEvent).filter_by(action="course.placed").one()
    assert act.detail["changed"]["tags"] == [[], ["clay", "field-work"]]


def test_tags_are_shared_and_can_be_taken_off(desk: CheckedClient, course: Course) -> None:
    other = make_course("Fire", owner=db.session.get_one(User, course.people[0].user_id))
    for slug in ("soil", other.slug):
        desk.post(f"/teaching/{slug}/settings/placing", data={**FORM, "tags": "clay"})
    assert db.session.query(Tag).count() == 1
    desk.post("/teaching/soil/settings/placing", data=FORM)
    assert again(course).tags == []
    assert len(again(other).tags) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"tags": ",".join(f"t{n}" for n in range(MOST_TAGS + 1))},
        {"tags": "x" * 41},
        {"product_suite": "x" * 81},
        {"subject_id": "999"},
        {"category_ids": "999"},
        {"visibility": ""},
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(
    desk: CheckedClient, course: Course, wrong: dict[str, str]
) -> None:
    sent = {**FORM, "product_concept": "Kept as typed", **wrong}
    refused = desk.post("/teaching/soil/settings/placing", data=sent)
    assert refused.status_code == 422
    assert "Kept as typed" in refused.text
    assert again(course).product_concept == ""


@given(st.text(max_size=300))
def test_any_text_is_tags_or_refused(typed: str) -> None:
    try:
        tags = parse_tags(typed)
    except (TooManyTags, TagTooLong):
        return
    assert len(tags) <= MOST_TAGS
    assert parse_tags(", ".join(tags.values())) == tags
    assert all(slugify(name) == slug for slug, name in tags.items())


def test_who_may(client: CheckedClient, course: Course, instructor: User, assistant: User) -> None:
    for user, expected in ((make_user(), 403), (assistant, 403), (instructor, 303)):
        sign_in(client, user)
        sent = client.post("/teaching/soil/settings/placing", data=FORM)
        assert sent.status_code == expected


def test_strangers_do_not_learn_of_a_draft(client: CheckedClient, draft: Course) -> None:
    sign_in(client, make_user())
    assert client.get("/teaching/air/settings").status_code == 404
    assert client.post("/teaching/air/settings/placing", data=FORM).status_code == 404


def test_the_address_changes_until_the_first_publication(
    desk: CheckedClient, draft: Course, course: Course
) -> None:
    changed = desk.post("/teaching/air/settings/address", data={"slug": "Wind & Weather"})
    assert changed.location == "/teaching/wind-weather/settings"
    assert again(draft).slug == "wind-weather"
    page = desk.get("/teaching/soil/settings").text
    assert "its address stays" in page
    assert 'name="slug"' not in page
    assert desk.post("/teaching/soil/settings/address", data={"slug": "x"}).status_code == 409
    assert again(course).slug == "soil"


@pytest.mark.parametrize("slug", ["", "…", "soil", "courses", "x" * 201])
def test_addresses_that_cannot_be(
    desk: CheckedClient, draft: Course, course: Course, slug: str
) -> None:
    assert desk.post("/teaching/air/settings/address", data={"slug": slug}).status_code == 422
    assert again(draft).slug == "air"


@both_databases
def test_an_address_that_is_taken_at_the_same_moment_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, desk: CheckedClient, draft: Course, course: Course
) -> None:
    monkeypatch.setattr(address, "_is_taken", lambda *_: False)  # it looked a moment before
    answer = desk.post("/teaching/air/settings/address", data={"slug": "soil"})
    assert answer.status_code == 409
    assert "Load the page again" in answer.text


def test_only_owners_change_the_address(
    client: CheckedClient, draft: Course, instructor: User
) -> None:
    sign_in(client, instructor)
    assert 'name="slug"' not in client.get("/teaching/air/settings").text
    assert client.post("/teaching/air/settings/address", data={"slug": "x"}).status_code == 403


def test_archived_courses_keep_their_address(course: Course, owner: User) -> None:
    with writing():
        services.archive_course(actor_for(owner), course_id=course.id)
    with pytest.raises(Conflict), writing():
        services.change_address(actor_for(owner), course_id=course.id, slug="other")
