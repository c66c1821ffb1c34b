"""The board: the page, its whole order, what changed on it, and undoing."""

from flask import Response, jsonify, request

from app.blueprints.builder import queries, services
from app.blueprints.builder.forms import read_order
from app.blueprints.builder.routes.answers import (
    all_columns,
    answer_change,
    context_of,
    etag_of,
    head_parts,
    one_column,
    said,
    show_board,
)
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.courses import queries as courses
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import render_parts
from app.core.i18n import gettext as _
from app.core.responses import wants_json


@bp.get("/teaching/<slug>/board")
@course_guard(can_edit_course)
def board(course: Course) -> Response:
    """Show modules as columns and lessons as cards."""
    return show_board(course)


@bp.put("/teaching/<slug>/board/order")
@command
@course_guard(can_edit_course)
def reorder(course: Course) -> Response:
    """Put everything in the order sent, if the board still is as its sender saw it."""
    wanted = read_order(request)
    with writing():
        change = services.reorder(
            current_actor(),
            course_id=course.id,
            board_revision=wanted.board_revision,
            order=wanted.order,
        )
    if not wants_json():
        return answer_change(course, change)
    response = jsonify(board_revision=change.board_revision, sequence=change.sequence)
    response.headers["ETag"] = etag_of(change.board_revision)
    return response


@bp.get("/teaching/<slug>/board/changes")
@course_guard(can_edit_course)
def changes(course: Course) -> Response:
    """Give what was done on the board after operation `since` of `version`; 204 for nothing."""
    version = courses.shown_in_builder(course)
    known = request.args.get("version", type=int) == version.id
    since = request.args.get("since", 0, type=int) if known else -1
    found = queries.changes_since(version, since)
    if found is None:
        return Response(status=204)
    context = context_of(course, queries.board(course))
    columns = context["columns"]
    if found.everything:
        parts = [all_columns(context)]
    else:
        parts = [one_column(context, c) for c in columns if c.module.key in found.modules]
    others = [name for name in found.authors if name != current_actor().display_name]
    told = said(_("%(names)s changed the board.", names=", ".join(others)) if others else "")
    return render_parts(*parts, *head_parts(context), told)


@bp.post("/teaching/<slug>/operations/<int:sequence>/undo")
@command
@course_guard(can_edit_course)
def undo(course: Course, sequence: int) -> Response:
    """Take one operation back."""
    with writing():
        change = services.undo(current_actor(), course_id=course.id, sequence=sequence)
    return answer_change(course, change, undone=sequence)
