"""The board: the page, its whole order, what changed on it, and undoing."""

from flask import Response, jsonify, request

from app.blueprints.builder import queries, services
from app.blueprints.builder.forms import read_order
from app.blueprints.builder.routes.answers import (
    all_columns,
    answer_change,
    board_context,
    etag_of,
    etag_of_now,
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
from app.core.errors import NotFound
from app.core.guards import current_actor
from app.core.htmx import Part, render_parts
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
    """Give what was done on the board after operation `since` of `version`, and who is there.

    304 where all is as the page has it by its ETag. `lesson` is the one that is open in it.
    """
    now = queries.now_at(course, current_actor().id)
    if now is None:
        raise NotFound
    etag = etag_of_now(now)
    if request.if_none_match.contains(etag):
        response = Response(status=304)
    else:
        response = render_parts(*_news(course, now), *_now_parts(now))
    response.set_etag(etag)
    return response


def _now_parts(now: queries.Now) -> list[Part]:
    lesson = request.args.get("lesson", "")
    text = queries.text_revision(now.version_id, lesson) if lesson else None
    return [
        Part("presence", "builder/_presence.html", {"others": now.others}),
        Part("text-state", "builder/_text_state.html", {"lesson": lesson, "text": text}),
    ]


def _news(course: Course, now: queries.Now) -> list[Part]:
    """Return the columns that changed and what else shows it; nothing else is read for nothing."""
    version = courses.get_version(now.version_id)
    known = request.args.get("version", type=int) == version.id
    since = request.args.get("since", 0, type=int) if known else -1
    found = queries.changes_since(version, since)
    if found is None:
        return []
    context = board_context(course, queries.board(course))
    columns = context["columns"]
    if found.everything:
        parts = [all_columns(context)]
    else:
        parts = [one_column(context, c) for c in columns if c.module.key in found.modules]
    others = [name for name in found.authors if name != current_actor().display_name]
    if others:  # what one did oneself is being said already, and must not be cut off
        parts.append(said(_("%(names)s changed the board.", names=", ".join(others))))
    return [*parts, *head_parts(context)]


@bp.post("/teaching/<slug>/operations/<int:sequence>/undo")
@command
@course_guard(can_edit_course)
def undo(course: Course, sequence: int) -> Response:
    """Take one operation back; of one that took another back, do that again."""
    actor = current_actor()
    text = services.prepare_undo(actor, course_id=course.id, sequence=sequence)
    with writing():
        change = services.undo(actor, course_id=course.id, sequence=sequence, text=text)
    return answer_change(course, change, undone=sequence)
