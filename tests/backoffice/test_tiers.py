"""Tiers of instructors in the back office: made, changed, and chosen as the default."""

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.profiles.models import MEGABYTE, Tier
from app.blueprints.profiles.rules import QUOTAS
from app.blueprints.profiles.services import become_instructor
from app.core.db import db, writing
from tests.factories.accounts import make_user, sign_in
from tests.support.client import CheckedClient
from tests.support.sql import count_sql

FORM = {
    "name": "Guests",
    "most_courses": "3",
    "most_courses_a_day": "1",
    "most_file_bytes": "10",
    "most_bytes": "50",
}


@pytest.fixture
def admin(client: CheckedClient) -> User:
    """An administrator, signed in; an instructor has made the first tiers."""
    instructor = make_user("Ivy Instructor", roles=["contributor"])
    with writing():
        become_instructor(instructor.id)
    user = make_user("Ann Admin", roles=["admin"])
    sign_in(client, user)
    return user


def tiers() -> dict[str, Tier]:
    """What there is, by name."""
    db.session.expire_all()
    return {tier.name: tier for tier in db.session.query(Tier)}


@pytest.mark.usefixtures("admin")
def test_the_list_tells_what_each_allows(client: CheckedClient) -> None:
    with count_sql(at_most=10):
        page = client.get("/admin/tiers").text
    for words in ("Standard", "Default", "After a review", "Without a review"):
        assert words in page
    assert all(str(quota.label) in page for quota in QUOTAS)


@pytest.mark.usefixtures("admin")
def test_make_and_change_a_tier(client: CheckedClient) -> None:
    assert 'name="most_bytes"' in client.get("/admin/tiers/new").text
    assert client.post("/admin/tiers", data=FORM).status_code == 303
    made = tiers()["Guests"]
    assert (made.most_courses, made.most_bytes, made.can_self_publish) == (3, 50 * MEGABYTE, False)
    url = f"/admin/tiers/{made.id}"
    assert 'value="50"' in client.get(url).text
    changed = {**FORM, "can_self_publish": "y", "is_default": "y", "most_bytes": "60"}
    assert client.post(url, data=changed).status_code == 303
    made = tiers()["Guests"]
    assert (made.can_self_publish, made.most_bytes) == (True, 60 * MEGABYTE)
    assert [tier.name for tier in tiers().values() if tier.is_default] == ["Guests"]


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Standard"},
        {"name": "x" * 61},
        {"most_courses": "-1"},
        {"most_bytes": "many"},
        {"most_file_bytes": "99999999999999999999"},
        {"most_courses_a_day": ""},
    ],
)
def test_what_cannot_be_is_refused(client: CheckedClient, wrong: dict[str, str]) -> None:
    refused = client.post("/admin/tiers", data={**FORM, **wrong})
    assert refused.status_code == 422
    assert "Guests" not in tiers()


@pytest.mark.usefixtures("admin")
def test_there_always_is_a_default(client: CheckedClient) -> None:
    standard = tiers()["Standard"]
    refused = client.post(f"/admin/tiers/{standard.id}", data={**FORM, "name": "Standard"})
    assert refused.status_code == 422
    assert tiers()["Standard"].is_default


def test_others_see_and_change_nothing(client: CheckedClient, admin: User) -> None:
    standard = tiers()["Standard"]
    sign_in(client, make_user("Ines Cole", roles=["approver", "contributor"]))
    for url in ("/admin/tiers", "/admin/tiers/new", f"/admin/tiers/{standard.id}"):
        assert client.get(url).status_code == 403
    for url in ("/admin/tiers", f"/admin/tiers/{standard.id}"):
        assert client.post(url, data=FORM).status_code == 403
    sign_in(client, admin)
    assert client.get("/admin/tiers/999").status_code == 404
    assert client.post("/admin/tiers/999", data=FORM).status_code == 404
    assert "Guests" not in tiers()
