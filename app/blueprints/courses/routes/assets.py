"""Sending files into a course.

`POST /teaching/<slug>/assets` takes multipart with the field `file`, and answers 201 with

    {"asset": "<public id>", "url": "/media/<public id>", "name", "content_type", "size",
     "width", "height"}

A plain form sends `next`, where it is led back to. Refusals: 413 too large, 415 a kind of file
that is not taken, 422 empty or broken, 429 too many, 507 no space left.

Where browsers can send to the storage by themselves, a script may spare us the bytes:

    POST /teaching/<slug>/arrivals with `name` and `size` (bytes)
        201 {"url", "fields", "arrival"}: send `fields`, then `file`, to `url` as multipart; then
    POST to `arrival`
        202 {"state": "sent"}: it is being looked at; then, every second,
    GET `arrival`
        {"state": "done", "asset", …} as above, or {"state": "refused", "error": "…"}

Where they cannot, `arrival` is null, and `url` is the address of the ordinary POST.
"""

from typing import Any

from flask import Response, jsonify, request, url_for

from app.blueprints.courses import queries
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Asset, Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.services.arrivals import announce, report
from app.blueprints.courses.services.uploads import add_upload, received
from app.blueprints.profiles.queries import quotas_of
from app.core import limits
from app.core.addresses import local_path, root
from app.core.db import writing
from app.core.errors import Invalid, NotFound
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter
from app.core.storage import storage

HOUR = 3600


def _largest() -> int:
    return quotas_of(current_actor().id).most_file_bytes


@bp.post("/teaching/<slug>/assets")
@takes_files(_largest)
@limiter.limit(limits.UPLOAD)
@course_guard(can_edit_course)
def add_asset(course: Course) -> Response:
    """Keep a file for the lessons of `course`."""
    actor, file = current_actor(), request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(fields={"file": _l("Choose a file.")})
    with (
        received(actor, course, stream=file.stream, name=file.filename) as upload,
        writing(),
    ):
        asset = add_upload(actor, course_id=course.id, upload=upload)
    following = local_path(request.form.get("next"), "")
    return redirect(following) if following else _told(asset)


@bp.post("/teaching/<slug>/arrivals")
@limiter.limit(limits.UPLOAD)
@course_guard(can_edit_course)
def announce_file(course: Course) -> Response:
    """Tell a script where to send a file."""
    name, size = request.form.get("name", ""), request.form.get("size", "")
    if not storage().origin:
        there = url_for("courses.add_asset", slug=course.slug)
        return _json(201, url=there, fields={}, arrival=None)
    with writing():
        arrival = announce(
            current_actor(), course_id=course.id, name=name, size=_whole_number(size)
        )
    entrance = storage().entrance(arrival.token, size=arrival.size, seconds=HOUR)
    here = url_for("courses.arrival", slug=course.slug, token=arrival.token)
    return _json(201, url=entrance.url, fields=entrance.fields, arrival=here)


@bp.post("/teaching/<slug>/arrivals/<token>")
@limiter.limit(limits.UPLOAD)
@course_guard(can_edit_course)
def report_file(course: Course, token: str) -> Response:
    """Have a file looked at that has been sent to the storage."""
    with writing():
        arrival = report(current_actor(), course_id=course.id, token=token)
    return _json(202, state=arrival.state)


@bp.get("/teaching/<slug>/arrivals/<token>")
@course_guard(can_edit_course)
def arrival(course: Course, token: str) -> Response:
    """Tell what has become of a file."""
    found = queries.find_arrival(course.id, current_actor().id, token)
    if found is None:
        raise NotFound
    if found.asset is not None:
        return _json(200, state=found.state, **_about(found.asset))
    return _json(200, state=found.state, error=found.refusal)


def _whole_number(text: str) -> int:
    """Return the number that was sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _told(asset: Asset) -> Response:
    response = _json(201, **_about(asset))
    response.headers["Location"] = f"{root()}/media/{asset.public_id}"
    return response


def _json(status: int, **values: Any) -> Response:
    response = jsonify(values)
    response.status_code = status
    return response


def _about(asset: Asset) -> dict[str, Any]:
    blob = asset.blob
    return {
        "asset": asset.public_id,
        "url": f"/media/{asset.public_id}",
        "name": asset.name,
        "content_type": blob.content_type,
        "size": blob.size,
        "width": blob.width,
        "height": blob.height,
    }
