"""Commands that did nothing, as they were overtaken or needless: the board is shown as it is."""

from flask import Response, flash, jsonify, request, url_for

from app.blueprints.builder import queries
from app.blueprints.builder.errors import StaleBoard, Unchanged
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
from app.core.htmx import Part, is_fragment, redirect, render_parts
from app.core.i18n import gettext as _
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
        return _as_json(view, status=error.status, error=str(error.message))
    context = board_context(course, view, stale=error.message, past=past)
    notice = Part("board-notice", "builder/_stale_board.html", context, swap="innerHTML")
    parts = [all_columns(context), *head_parts(context), notice, said(error.message)]
    return render_parts(*parts, status=error.status)


@bp.errorhandler(Unchanged)
def on_unchanged(_error: Unchanged) -> Response:
    """Answer with the board as it is, and without a way back: there is nothing to take back."""
    course = get_visible_course(current_actor(), (request.view_args or {})["slug"])
    if wants_json():
        return _as_json(queries.board(course))
    if not is_fragment():
        flash(_("It is like this already."))
        return redirect(url_for("builder.board", slug=course.slug))
    context = board_context(course, queries.board(course))
    told = said(_("It is like this already."))
    return render_parts(all_columns(context), *head_parts(context), told)


def _as_json(view: queries.BoardView, *, status: int = 200, **more: str) -> Response:
    order = [[c.module.key, [card.lesson.key for card in c.lessons]] for c in view.modules]
    response = jsonify(
        board_revision=view.version.board_revision,
        sequence=view.version.sequence,
        order=order,
        **more,
    )
    response.status_code = status
    response.headers["ETag"] = etag_of(view.version.board_revision)
    return response
