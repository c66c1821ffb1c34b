"""The running parts: Redis, Chromium, axe and a whole school, each looked at once."""

import urllib.request

import pytest
import redis
from flask import Flask
from playwright.sync_api import Page

from app.core.assets import THIRD_PARTY, third_party
from app.core.security import content_security_policy
from tests.support.accessibility import assert_accessible
from tests.support.browser import NewPage, complaints_of
from tests.support.servers import StartSchool

GOOD = """<!doctype html><html lang="en"><head><title>A page</title>{head}</head>
<body><main><h1>A page</h1>{body}</main></body></html>"""
HTMX = THIRD_PARTY["htmx"]
ADDRESS = "http://127.0.0.1:9/page"


def show(page: Page, *, head: str = "", body: str = "") -> None:
    """Load a page under the application's own content security policy."""
    page.route(
        ADDRESS,
        lambda route: route.fulfill(
            body=GOOD.format(head=head, body=body),
            headers={
                "Content-Type": "text/html",
                "Content-Security-Policy": content_security_policy(),
            },
        ),
    )
    page.goto(ADDRESS)


def serve_the_cdn(page: Page) -> None:
    """Answer for the CDN, with the header that lets Chromium check a digest."""
    files = {file.cdn: file.local for file in THIRD_PARTY.values()}
    page.route(
        lambda address: address in files,
        lambda route: route.fulfill(
            path=files[route.request.url], headers={"Access-Control-Allow-Origin": "*"}
        ),
    )


@pytest.mark.redis
def test_redis_is_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


@pytest.mark.browser
def test_axe_passes_a_good_page_and_finds_a_planted_fault(new_page: NewPage) -> None:
    good = new_page()
    show(good)
    assert_accessible(good)
    bad = new_page()
    show(bad, body="<img src='data:,'>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(bad)


@pytest.mark.browser
def test_what_the_cdn_has_passes_the_digests_in_pages(app: Flask, page: Page) -> None:
    serve_the_cdn(page)
    show(page, head="".join(third_party(name) for name in THIRD_PARTY))
    assert page.evaluate("[htmx, Sortable, Squire].every(Boolean)")
    assert complaints_of(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("head", "told"),
    [
        (f'<script src="{HTMX.cdn}" integrity="sha384-AAAA" crossorigin></script>', "integrity"),
        ("<script>alert(1)</script>", "Content Security Policy"),
        ('<img src="http://example.org/x.png" alt="">', "Content Security Policy"),
        ('<script src="https://cdn.jsdelivr.net/npm/nothing.js"></script>', "outside"),
    ],
)
def test_a_page_that_misbehaves_is_told(page: Page, head: str, told: str) -> None:
    serve_the_cdn(page)
    show(page, head=head)
    assert any(told in complaint for complaint in complaints_of(page))
    complaints_of(page).clear()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_school_runs_in_several_processes(start_school: StartSchool, kind: str) -> None:
    school = start_school(kind, processes=2, worker=False)
    with urllib.request.urlopen(f"{school.url}/healthz") as answer:
        assert answer.status == 200
    school.stop()
    assert all(process.returncode is not None for process in school.processes)
