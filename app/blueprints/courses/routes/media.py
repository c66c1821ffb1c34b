"""The files that lessons show and offer: the policy is asked at each request, then streamed."""

from typing import BinaryIO

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from app.blueprints.courses.models import Asset
from app.blueprints.courses.policies import get_readable_asset
from app.blueprints.courses.routes.blueprint import bp
from app.core.errors import NotFound
from app.core.guards import current_actor, public
from app.core.htmx import redirect
from app.core.storage import storage

HOUR = 3600
# What a browser may show by itself; everything else is saved as a file.
SHOWN = frozenset(
    {
        *("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"),
        *("video/mp4", "video/webm", "audio/mpeg"),
    }
)
# A picture may not run anything, though it be opened by itself.
_INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@bp.get("/media/<asset>")
@public
def media(asset: str) -> Response:
    """Send the file to those who may read its course; raises `NotFound` for others."""
    found = get_readable_asset(current_actor(), asset)
    link = storage().link(found.blob.digest, content_type=found.blob.content_type, seconds=HOUR)
    return redirect(link) if link else _streamed(found)


def _streamed(asset: Asset) -> Response:
    blob = asset.blob
    response = Response(
        wrap_file(request.environ, _opened(blob.digest)),
        content_type=blob.content_type,
        direct_passthrough=True,
    )
    response.content_length = blob.size
    response.set_etag(blob.digest)
    response.cache_control.private = True
    response.cache_control.max_age = HOUR
    response.vary.add("Cookie")
    response.headers["Content-Security-Policy"] = _INERT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    kind = "inline" if blob.content_type in SHOWN else "attachment"
    response.headers.set("Content-Disposition", kind, filename=_file_name(asset.name))
    return _as_asked(response, blob.size)


def _as_asked(response: Response, size: int) -> Response:
    """Return the part that is asked for, or nothing where the browser has it already."""
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    return response


def _opened(digest: str) -> BinaryIO:
    try:
        return storage().open(digest)
    except FileNotFoundError:
        raise NotFound from None


def _file_name(name: str) -> str:
    """Return the name without anything that a path or a header could be made of."""
    return "".join(c for c in name if c.isprintable() and c not in '\\/:"') or "file"
