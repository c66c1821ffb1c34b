"""What of authoring is answered with more than words: a stale board shows the board as it is."""

from flask import Response, jsonify, request

from app.blueprints.builder import queries
from app.blueprints.builder.errors import StaleBoard
from app.blueprints.builder.routes.answers import (
    all_columns,
    board_context,
    etag_of,
    head_parts,
    said,
    show_board,
)
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.courses.policies import get_visible_course
from app.core.guards import current_actor
from app.core.htmx import Part, is_fragment, render_parts
from app.core.responses import on_domain_error, wants_json


@bp.errorhandler(StaleBoard)
def on_stale_board(error: StaleBoard) -> Response:
    """Answer 409 with the board as it is now; whoever sees it saw the course before."""
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        return on_domain_error(error)
    course = get_visible_course(current_actor(), slug)
    past = (request.view_args or {}).get("sequence")
    if not is_fragment() and not wants_json():
        return show_board(course, status=error.status, stale=error.message, past=past)
    view = queries.board(course)
    if wants_json():
        return _as_json(error, view)
    context = board_context(course, view, stale=error.message, past=past)
    notice = Part("board-notice", "builder/_stale_board.html", context, swap="innerHTML")
    parts = [all_columns(context), *head_parts(context), notice, said(error.message)]
    return render_parts(*parts, status=error.status)


def _as_json(error: StaleBoard, view: queries.BoardView) -> Response:
    order = [[c.module.key, [card.lesson.key for card in c.lessons]] for c in view.modules]
    response = jsonify(
        error=str(error.message), board_revision=view.version.board_revision, order=order
    )
    response.status_code = error.status
    response.headers["ETag"] = etag_of(view.version.board_revision)
    return response
