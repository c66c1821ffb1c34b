"""Lectern below another site's path: every address of a page leads to where it is mounted."""

import re

import pytest

from tests.factories.accounts import PASSWORD, make_user, sign_in
from tests.factories.courses import make_course
from tests.support.client import CheckedClient

SITE = "http://localhost/school"
ADDRESS = re.compile(r'(?:href|src|action|formaction|hx-get|hx-post)="(/[^"#]*)')
LINK = re.compile(r'(?:href|src)="(/school/[^"#]*)')


def faults(page: str) -> list[str]:
    """The addresses that lead out of where it is mounted."""
    return [path for path in ADDRESS.findall(page) if not path.startswith("/school/")]


def test_a_planted_fault_is_found() -> None:
    assert faults('<a href="/school/courses"></a><img src="/static/x.svg">') == ["/static/x.svg"]


@pytest.mark.parametrize("path", ["/courses", "/teaching", "/admin/people", "/settings/profile"])
def test_the_links_of_a_page_stay_below(client: CheckedClient, path: str) -> None:
    admin = make_user(roles=["admin", "contributor"])
    make_course(owner=admin)
    sign_in(client, admin)
    client.get(path)  # what was drawn at the root must not be shown here
    page = client.get(path, base_url=SITE)
    assert page.status_code == 200
    assert not faults(page.text)
    links = {link.replace("&amp;", "&") for link in LINK.findall(page.text)}
    assert any("/static/" in link for link in links)
    for link in links:
        answer = client.get(link.removeprefix("/school"), base_url=SITE)
        assert answer.status_code in (200, 303), link
        assert answer.headers.get("Location", "/school/").startswith("/school/")


def test_the_way_to_the_door_and_back_stays_below(client: CheckedClient) -> None:
    door = client.get("/admin/people?q=a", base_url=SITE)
    assert door.location == "/school/login?next=/school/admin/people?q%3Da"
    user = make_user()
    form = {"email": user.email, "password": PASSWORD}
    assert client.post("/login", data=form, base_url=SITE).location == "/school/"
    assert client.get("/", base_url=SITE).location == "/school/learning"
