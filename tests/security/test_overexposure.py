"""No page shows anybody a field that is above them, however they come to it.

As each kind of person, every page that links and forms lead to is looked at, and every address
there is, and searched for the canaries of fields that somebody else may read.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import pytest

from app.blueprints.accounts.models import User, UserSession
from app.blueprints.courses.models import Course
from app.core.db import db
from app.core.db.transactions import SAFE_METHODS
from app.core.guards import public
from tests.security import walk
from tests.security.campus import Campus
from tests.security.fields import overexposed

ROLES = ("anonymous", "learner", "enrolled", "assistant", "owner", "approver", "admin")
OTHERS = ("paused", "withdrawn", "instructor", "contributor")
MOST_PAGES = 200
_LINK = re.compile(r'\s(?:href|src|hx-get|data-url)="([^"]*)"')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r'<(?:input|select)\b[^>]*\sname="([^"]+)"(?:[^>]*\svalue="([^"]*)")?')
_ACTION = re.compile(r'\saction="([^"]*)"')


def links(base: str, html: str) -> Iterator[str]:
    """The addresses of our own that a page leads to by links and by forms that only read."""
    for found in _LINK.finditer(html):
        yield _local(base, unescape(found[1]))
    for form in _FORM.finditer(html):
        if 'method="post"' not in form[1]:
            action = _ACTION.search(form[1])
            fields = [(unescape(n), unescape(v)) for n, v in _FIELD.findall(form[2])]
            target = unescape(action[1]) if action else base
            yield _local(base, f"{target.partition('?')[0]}?{urlencode(fields)}")


def _local(base: str, link: str) -> str:
    address = urlsplit(urldefrag(urljoin(f"http://localhost{base}", link))[0])
    if address.netloc != "localhost" or address.path.startswith("/static/"):
        return ""
    return address.path + (f"?{address.query}" if address.query else "")


def crawl(campus: Campus, role: str) -> Iterator[tuple[str, str]]:
    """Yield each address and what it says, beginning with those that can be written down."""
    person, seen = campus.first.people[role], {""}
    known = walk.every_call(campus.app, campus.first)
    waiting = ["/"]
    # Whoever has the link of an invitation is who was asked.
    waiting += [c.path for c in known if c.method in SAFE_METHODS and "<token>" not in c.name]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        response = person.send("GET", path)
        said = response.get_data().decode("utf-8", "replace")
        yield path, f"{response.headers}\n{said}"
        if response.mimetype == "text/html":
            waiting += links(path, said)


def secrets(campus: Campus) -> set[str]:
    """What no page ever shows anybody: hashes of passwords and of sessions' tokens."""
    with campus.app.app_context():
        hashes = {user.password_hash for user in db.session.query(User)}
        tokens = {session.token_hash for session in db.session.query(UserSession)}
    return hashes | {token for token in tokens if len(token) > 1}


def faults(campus: Campus, role: str) -> list[str]:
    """What somebody of the first school comes to see and may not."""
    told, hidden = [], secrets(campus)
    for path, said in crawl(campus, role):
        words = overexposed(role, said, campus.first, campus.second)
        told += [f"{path} shows {role} {word}" for word in words]
        told += [f"{path} shows {role} a hash" for secret in hidden if secret in said]
    return told


@pytest.mark.parametrize(
    "role", [*ROLES, *(pytest.param(role, marks=pytest.mark.soak) for role in OTHERS)]
)
def test_no_page_shows_more_than_a_role_may_read(campus: Campus, role: str) -> None:
    told = faults(campus, role)
    assert not told, "\n".join(["if this is meant: tests/security/fields.py", *told])


def test_the_crawl_comes_to_many_pages(campus: Campus) -> None:
    paths = {path for path, _ in crawl(campus, "owner")}
    slug = campus.first.parts["slug"]
    assert {"/learning", f"/teaching/{slug}/board", f"/learning/{slug}/l2"} <= paths
    assert any("?" in path for path in paths)


@public
def careless() -> str:
    """As somebody might write it: a list of everything, for everybody."""
    rows = db.session.query(Course.title, Course.summary)
    people = db.session.query(User.email, User.password_hash)
    return str([[*map(str, row)] for query in (rows, people) for row in query])


def test_a_planted_fault_is_found(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(campus.app.view_functions, "home.robots", careless)
    monkeypatch.setitem(globals(), "MOST_PAGES", 120)
    told = [fault for fault in faults(campus, "anonymous") if fault.startswith("/robots.txt")]
    draft = min(campus.first.draft_ids["courses"])
    assert f"/robots.txt shows anonymous zqcourses.title.{draft}qz" in told
    assert any("zqusers.email." in fault for fault in told)
    assert "/robots.txt shows anonymous a hash" in told
