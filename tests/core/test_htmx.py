"""One address gives the page and its fragment; nothing else speaks htmx's headers."""

import pytest
from flask import Flask
from jinja2 import DictLoader

from app.core import htmx
from app.core.htmx import Part
from tests.support.client import PART

PAGES = {
    "page.html": "<h1>{{ word }}</h1>{% include '_part.html' %}",
    "_part.html": "<p>{{ word }}</p>",
}
ASKS_FOR_ALL = {"HX-Request": "true", "HX-Request-Type": "full"}


@pytest.fixture
def pages() -> Flask:
    """An application of two templates."""
    app = Flask("pages")
    app.jinja_loader = DictLoader(PAGES)
    return app


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, "<h1>hello</h1><p>hello</p>"),
        (PART, "<p>hello</p>"),
        (ASKS_FOR_ALL, "<h1>hello</h1><p>hello</p>"),
        ({"HX-Request": "false"}, "<h1>hello</h1><p>hello</p>"),
    ],
)
def test_a_fragment_is_for_those_who_ask_for_a_part(
    pages: Flask, headers: dict[str, str], body: str
) -> None:
    with pages.test_request_context("/", headers=headers):
        response = htmx.render("page.html", "_part.html", status=422, word="hello")
    assert response.get_data(as_text=True) == body
    assert response.status_code == 422
    assert set(response.vary) == {"HX-Request", "HX-Request-Type"}


def test_a_page_without_a_fragment_is_whole_for_everyone(pages: Flask) -> None:
    with pages.test_request_context("/", headers=PART):
        assert htmx.render("page.html", word="x").get_data(as_text=True) == "<h1>x</h1><p>x</p>"


def test_a_redirect_is_a_303_for_browsers_and_a_header_for_htmx(pages: Flask) -> None:
    with pages.test_request_context("/"):
        plain = htmx.redirect("/there")
    assert (plain.status_code, plain.headers["Location"]) == (303, "/there")
    with pages.test_request_context("/", headers=PART):
        asked = htmx.redirect("/there")
    assert (asked.status_code, asked.headers["HX-Redirect"]) == (200, "/there")
    assert "Location" not in asked.headers


@pytest.mark.usefixtures("app")
def test_parts_go_to_their_own_places_escaped(app: Flask) -> None:
    with app.test_request_context("/", headers=PART):
        context = {
            "code": 404,
            "message": "<b>gone</b>",
            "fields": {},
            "kept": {},
            "request_id": "",
        }
        one = Part("error", "errors/_error.html", context)
        response = htmx.render_parts(one, Part("other", "errors/_error.html", context, "innerHTML"))
    text = response.get_data(as_text=True)
    assert text.count("<hx-partial") == 2
    assert 'hx-target="#error" hx-swap="outerMorph"' in text
    assert 'hx-target="#other" hx-swap="innerHTML"' in text
    assert "&lt;b&gt;gone" in text
    assert "<b>gone" not in text


def test_the_address_bar_follows(pages: Flask) -> None:
    with pages.test_request_context("/", headers=PART):
        response = htmx.push_url(htmx.render("page.html", "_part.html", word="x"), "/x?page=2")
        assert response.headers["HX-Push-Url"] == "/x?page=2"
