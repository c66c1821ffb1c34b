"""Pages that are the same for everybody who is not signed in: validated, and kept in memory.

A page is kept under everything that it depends on: its address, what the reader's browser asks
for, this build, and a stamp of the data that it shows, read anew for each request. A reader who
sends a session has no key, so a signed-in person's page can neither be kept nor answered from
here; what a page's own code makes personal (a cookie, a session) is looked for once more before
it is kept.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

from flask import Response, current_app, make_response, request, session

from app.core import clock, htmx
from app.core.addresses import root
from app.core.guards import current_actor
from app.core.i18n import language
from app.core.shelf import Shelf, digest
from app.core.ui import theme

APP = Path(__file__).resolve().parent.parent
MOST_PAGES = 256
LONGEST_PAGE = 256 * 1024
# Pages say how long ago something was; they are drawn anew at least this often.
_MINUTES = 10
_VARY = ("Cookie", "Accept-Language", *htmx.VARY)
_PERSONAL = ("Set-Cookie", "WWW-Authenticate")

Stamp = Callable[..., str | None]
View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was drawn."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


shelf: Shelf[Kept] = Shelf(MOST_PAGES)


def public_page(stamp: Stamp) -> Callable[[View], View]:
    """Answer strangers by validator, then from memory, and draw the page only when it is new.

    `stamp` takes the view's arguments and returns the state of what the page shows, in one
    statement; None where there is no public page, and the view decides.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(**arguments: Any) -> Response:
            state = stamp(**arguments) if is_stranger() and not current_app.debug else None
            if state is None:
                return _private(make_response(view(**arguments)))
            tag = _tag(state)
            if tag in _asked_for():
                return _public(Response(status=304), tag)
            page = shelf.find(tag)
            if page is not None:
                return _public(Response(page.body, headers=list(page.headers)), tag)
            drawn = make_response(view(**arguments))
            # On PostgreSQL it may have changed between the stamp and what was drawn.
            same = stamp(**arguments) == state
            return _drawn(drawn, tag) if same else _private(drawn)

        return answered

    return decorate


def is_stranger() -> bool:
    """Tell whether the request carries nothing that could make its answer personal."""
    names = (current_app.config["SESSION_COOKIE_NAME"], "remember_token")
    return (
        request.method in ("GET", "HEAD")
        and not any(name in request.cookies for name in names)
        and "Authorization" not in request.headers
    )


def _drawn(response: Response, tag: str) -> Response:
    if response.status_code != 200 or _is_personal(response):
        return _private(response)
    body = response.get_data()
    if request.method == "GET" and len(body) <= LONGEST_PAGE:
        shelf.keep(tag, Kept(body, tuple(response.headers.items())))
    return _public(response, tag)


def _is_personal(response: Response) -> bool:
    """Tell whether the page's own code made it somebody's, against what `is_stranger` said."""
    return (
        current_actor().is_authenticated
        or session.modified
        or any(name in response.headers for name in _PERSONAL)
    )


def _tag(state: str) -> str:
    """Return the digest of everything that the answer depends on."""
    moment = clock.now().timestamp() // (_MINUTES * 60)
    asked = (
        request.host,
        root(),
        request.full_path,
        htmx.is_fragment(),
        theme(),
        language(),
        moment,
    )
    return digest(repr((_edition(), asked, state)))


def _asked_for() -> set[str]:
    """Return the tags that the browser holds, without what compression adds to them."""
    return {tag.partition(":")[0] for tag in request.if_none_match.as_set(include_weak=True)}


def _public(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = 0
    response.cache_control.must_revalidate = True
    response.vary.update(_VARY)
    return response


def _private(response: Response) -> Response:
    response.cache_control.private = True
    response.cache_control.no_store = True
    response.vary.update(_VARY)
    return response


@cache
def _edition() -> str:
    """Return the digest of the code, templates and files that pages are made of."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in APP.rglob("*") if path.is_file()):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(APP)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
