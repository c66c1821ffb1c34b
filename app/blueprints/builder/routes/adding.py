"""New blocks: empty ones, copies, with a file, and those that were just taken out."""

import json
from typing import Any

from flask import Response, request
from werkzeug.datastructures import FileStorage

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import StaleText
from app.blueprints.builder.queries.drawn import stored_block
from app.blueprints.builder.routes.blocks import back, show_both, show_lesson, write
from app.blueprints.builder.routes.blueprint import base_of, bp, command
from app.blueprints.builder.rules.editing import changed_block, copied_block, fresh_block
from app.blueprints.builder.rules.texts import AddBlock, SaveBlock
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.blueprints.courses.services.uploads import add_upload, received
from app.blueprints.profiles.queries import quotas_of
from app.core import limits
from app.core.db import writing
from app.core.errors import Invalid, NotFound
from app.core.guards import current_actor
from app.core.htmx import render
from app.core.i18n import lazy_gettext as _l
from app.core.inputs import takes_files
from app.core.limits import limiter


def _largest() -> int:
    return quotas_of(current_actor().id).most_file_bytes


@bp.post("/teaching/<slug>/lessons/<key>/blocks")
@command
@course_guard(can_edit_course)
def add_block(course: Course, key: str) -> Response:
    """Add a block after another, or last: a `type` (with an `asset`), `copy_of`, or a `block`."""
    block = queries.with_files(course, {"type": ""}, _wanted(course, key))
    instead = "instead" in request.values
    write(course, key, AddBlock(block, request.values.get("after") or None, instead))
    return show_lesson(course, key, fresh=block["key"])


@bp.post("/teaching/<slug>/lessons/<key>/blocks/<block>/file")
@takes_files(_largest)
@limiter.limit(limits.UPLOAD)
@course_guard(can_edit_course)
def add_block_file(course: Course, key: str, block: str) -> Response:
    """Save a block together with the files that its form brings, as a plain form does."""
    found = queries.lesson_editor(course, key).block(block)
    if found is None:
        raise NotFound
    sent = request.form.to_dict() | {
        f"{name}-{block}": _kept(course, file)
        for name in ("asset", "captions", "poster")
        if (file := request.files.get(f"{name}-file-{block}")) and file.filename
    }
    mine = queries.with_files(course, found.block, changed_block(found.block, sent))
    try:
        write(course, key, SaveBlock(mine, request.form.get("base", "")))
    except StaleText as error:
        return show_both(course, key, error)
    return back(course, key)


@bp.get("/teaching/<slug>/lessons/<key>/blocks/<block>")
@course_guard(can_edit_course)
def preview_block(course: Course, key: str, block: str) -> Response:
    """Show one block as learners will see it."""
    editor = queries.lesson_editor(course, key)
    found = editor.block(block)
    if found is None:
        raise NotFound
    return render(
        "builder/block_preview.html",
        "builder/_block_preview.html",
        course=course,
        lesson=editor.lesson,
        address=f"{base_of(course)}/lessons/{key}",
        html=stored_block(found.block),
    )


def _wanted(course: Course, key: str) -> dict[str, Any]:
    sent = request.values
    if sent.get("copy_of"):
        original = queries.lesson_editor(course, key).block(sent["copy_of"])
        if original is None:
            raise NotFound
        return copied_block(original.block)
    if sent.get("block"):
        return _brought_back(sent["block"])
    block = fresh_block(sent.get("type", ""))
    return changed_block(block, {f"asset-{block['key']}": sent.get("asset", "")})


def _brought_back(text: str) -> dict[str, Any]:
    try:
        block = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(_l("This block cannot be brought back.")) from None
    return services.clean_block(block)


def _kept(course: Course, file: FileStorage) -> str:
    actor = current_actor()
    with (
        received(actor, course, stream=file.stream, name=file.filename or "") as upload,
        writing(),
    ):
        return add_upload(actor, course_id=course.id, upload=upload).public_id
