"""The files that lessons show and offer: the policy is asked at each request, then streamed."""

from typing import IO

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from app.blueprints.courses.models import Blob
from app.blueprints.courses.policies import get_readable_asset
from app.blueprints.courses.routes.blueprint import bp
from app.core.errors import NotFound
from app.core.files import ALLOWED, FileKind, FileType
from app.core.guards import current_actor, public
from app.core.htmx import redirect
from app.core.storage import storage

HOUR = 3600
# How long an address of the storage itself is good for.
MINUTES_5 = 300
# Drawings come with imports only, which let none in that could do anything (svg.py there).
_DRAWING = "image/svg+xml"
# A picture may not run anything, though it be opened by itself.
_INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@bp.get("/media/<asset>")
@public
def media(asset: str) -> Response:
    """Send the file to those who may read its course; raises `NotFound` for others."""
    found = get_readable_asset(current_actor(), asset)
    return _sent(found.blob, found.name)


@bp.get("/media/<asset>/thumbnail")
@public
def thumbnail(asset: str) -> Response:
    """Send a small picture of the file, to the same people."""
    small = get_readable_asset(current_actor(), asset).blob.thumbnail
    if small is None:
        raise NotFound
    return _sent(small, "thumbnail.webp")


def _sent(blob: Blob, name: str) -> Response:
    kind = _type_of(blob.content_type)
    headers = Headers()
    way = "inline" if kind.inline else "attachment"
    headers.set("Content-Disposition", way, filename=_file_name(name))
    disposition = headers["Content-Disposition"]
    link = storage().link(
        blob.digest, content_type=kind.content_type, disposition=disposition, seconds=MINUTES_5
    )
    return _led_to(link) if link else _streamed(blob, kind.content_type, disposition)


def _led_to(link: str) -> Response:
    response = redirect(link)
    response.cache_control.no_store = True  # the address is good for minutes, and for its reader
    return response


def _type_of(content_type: str) -> FileType:
    """Return how a stored type is sent: what is not on our list is bytes to be saved."""
    if content_type == _DRAWING:
        return FileType(_DRAWING, FileKind.IMAGE, (), inline=True)
    saved = FileType("application/octet-stream", FileKind.DOCUMENT, ())
    return ALLOWED.get(content_type, saved)


def _streamed(blob: Blob, content_type: str, disposition: str) -> Response:
    response = Response(
        wrap_file(request.environ, _opened(blob.digest)),
        content_type=content_type,
        direct_passthrough=True,
    )
    response.content_length = blob.size
    response.set_etag(blob.digest)
    response.cache_control.private = True
    response.cache_control.max_age = HOUR
    # An asset's bytes are never others; who may see them is asked again for each cookie.
    response.cache_control.immutable = True
    response.vary.add("Cookie")
    response.headers["Content-Security-Policy"] = _INERT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = disposition
    return _as_asked(response, blob.size)


def _as_asked(response: Response, size: int) -> Response:
    """Return the part that is asked for, or nothing where the browser has it already."""
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    return response


def _opened(digest: str) -> IO[bytes]:
    try:
        return storage().open(digest)
    except FileNotFoundError:
        raise NotFound from None


def _file_name(name: str) -> str:
    """Return the name without anything that a path or a header could be made of."""
    return "".join(c for c in name if c.isprintable() and c not in '\\/:"') or "file"
