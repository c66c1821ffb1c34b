"""Pages and fragments from one URL; nothing else reads or writes htmx's headers.

Header names: https://four.htmx.org/reference/headers
"""

from dataclasses import dataclass, field
from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.urls import iri_to_uri

from app.core.addresses import root

VARY = ("HX-Request", "HX-Request-Type")


@dataclass(frozen=True, slots=True)
class Part:
    """A partial that replaces the element `target` (an id) wherever it is on the page."""

    target: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    swap: str = "outerMorph"


def is_htmx() -> bool:
    """Tell whether htmx asks."""
    return request.headers.get("HX-Request") == "true"


def is_fragment() -> bool:
    """Tell whether a part of a page is asked for, rather than a page."""
    return is_htmx() and request.headers.get("HX-Request-Type") != "full"


def render(
    page: str, /, fragment: str | None = None, *, status: int = 200, **context: Any
) -> Response:
    """Answer with `page`, or with `fragment` where htmx asks for a part."""
    template = fragment if fragment and is_fragment() else page
    return _answer(render_template(template, **context), status)


def render_parts(*parts: Part, main: str = "", status: int = 200) -> Response:
    """Answer htmx with several partials at once, each for its own place on the page."""
    html = main + "".join(
        render_template(
            "core/_part.html", part=part, inner=render_template(part.template, **part.context)
        )
        for part in parts
    )
    return _answer(html, status)


def redirect(url: str) -> Response:
    """Send the browser to `url` with a GET: 303, or htmx's own header for its requests."""
    if is_htmx():
        return _vary(Response(status=200, headers={"HX-Redirect": iri_to_uri(url)}))
    return _vary(Response(status=303, headers={"Location": url}))


def push_url(response: Response, url: str) -> Response:
    """Let the address bar show `url` once htmx has swapped `response` in."""
    response.headers["HX-Push-Url"] = iri_to_uri(url)
    return response


def replace_url(response: Response, url: str) -> Response:
    """As `push_url`, but without a new step in the browser's history."""
    response.headers["HX-Replace-Url"] = iri_to_uri(url)
    return response


def _answer(html: str, status: int) -> Response:
    """Answer with what was drawn; files of texts, which are stored as ours, below our own root."""
    if root():
        html = html.replace('="/media/', f'="{root()}/media/')
    return _vary(make_response(html, status))


def _vary(response: Response) -> Response:
    response.vary.update(VARY)
    return response
