"""The lists of the back office: what they find, count and call things."""

import re

from app.blueprints.accounts.models import User
from app.core import audit
from app.core.actor import SYSTEM
from app.core.db import writing
from tests.factories.accounts import make_user
from tests.factories.courses import make_course
from tests.support.client import PART, CheckedClient


def words_of(client: CheckedClient, page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(page).text).split())


def test_people_are_found_by_name_address_and_role(client: CheckedClient, admin: User) -> None:
    make_user("Zora Neale", email="zora@example.org")
    make_user("Carl Contributor", roles=["contributor"])
    for query, there, not_there in [
        ({"q": "zora"}, "Zora", "Carl"),
        ({"q": "ZORA@"}, "Zora", "Carl"),
        ({"role": "contributor"}, "Carl", "Zora"),
        ({"role": "learner"}, "Zora", "Carl"),
        ({"role": "admin"}, "Ann", "Zora"),
    ]:
        text = client.get("/admin/people", query_string=query, headers=PART).text
        assert "<html" not in text
        assert there in text
        assert not_there not in text.replace("Contributor", "")
    assert "Nobody found" in client.get("/admin/people?q=%25").text


def test_each_filter_says_how_many_it_lists(client: CheckedClient, admin: User) -> None:
    owner = make_user("Carl Contributor", roles=["contributor"])
    make_user("Zora Neale")
    make_course("Loops", owner=owner)
    for page, told in [
        ("/admin/people", ["Everyone 3", "Learners 1", "Contributors 1", "Disabled 0"]),
        ("/admin/people?q=zora&role=admin", ["Everyone 1", "Learners 1", "Administrators 0"]),
        ("/admin/courses", ["All 1", "Draft 0", "Published 1", "Deleted 0"]),
    ]:
        words = words_of(client, page)
        assert [one for one in told if one not in words] == []


def test_pages_keep_the_filters(client: CheckedClient, admin: User) -> None:
    for number in range(30):
        make_user(f"Person {number:02}")
    text = client.get("/admin/people?q=person&page=1").text
    assert "/admin/people?q=person&amp;page=2" in text
    assert "Person 29" in client.get("/admin/people?q=person&page=2").text


def test_the_trail_is_filtered(client: CheckedClient, admin: User) -> None:
    with writing():
        audit.record(SYSTEM, "course.published", "course", 7, why="<i>ready</i>")
        audit.record(SYSTEM, "user.renamed", "user", 7)
    for query, there in [
        ({"actor": "lect"}, (True, True)),
        ({"actor": "nobody"}, (False, False)),
        ({"action": "course."}, (True, False)),
        ({"object": "user"}, (False, True)),
        ({"object": "course 7"}, (True, False)),
        ({"object": "course 8"}, (False, False)),
    ]:
        text = client.get("/admin/audit", query_string=query, headers=PART).text
        assert (
            "Course published <code" in text,
            "user.renamed</code>" in text,
        ) == there
    assert "&lt;i&gt;ready" in client.get("/admin/audit").text


def test_the_trail_calls_people_and_courses_by_their_names(
    client: CheckedClient, admin: User
) -> None:
    course = make_course("Loops", owner=admin)
    with writing():
        audit.record(SYSTEM, "course.published", "course", course.id)
        audit.record(SYSTEM, "mail.retried", "mail", 7)
        audit.record(SYSTEM, "user.renamed", "user", 999_999)
    words = words_of(client, "/admin/audit")
    for told in ("Course “Loops”", "Mail 7", "Person 999999"):
        assert told in words
