"""Sending files into a course.

`POST /teaching/<slug>/assets` takes multipart with the field `file`, and answers 201 with

    {"asset": "<public id>", "url": "/media/<public id>", "name", "content_type", "size",
     "width", "height"}

A plain form sends `next`, where it is led back to. Refusals: 413 too large, 415 a kind of file
that is not taken, 422 empty or broken, 429 too many, 507 no space left.
"""

from typing import Any

from flask import Response, jsonify, request

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Asset, Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.services.uploads import add_upload, received
from app.blueprints.profiles.queries import quotas_of
from app.core import limits
from app.core.addresses import local_path
from app.core.db import writing
from app.core.errors import Invalid
from app.core.guards import current_actor
from app.core.htmx import redirect
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter


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


def _told(asset: Asset) -> Response:
    blob = asset.blob
    told: dict[str, Any] = {
        "asset": asset.public_id,
        "url": f"/media/{asset.public_id}",
        "name": asset.name,
        "content_type": blob.content_type,
        "size": blob.size,
        "width": blob.width,
        "height": blob.height,
    }
    response = jsonify(told)
    response.status_code = 201
    response.headers["Location"] = told["url"]
    return response
