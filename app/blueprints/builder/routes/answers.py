"""How the board and what changes on it are answered: whole pages, or the parts that changed."""

import hashlib
from functools import partial
from typing import Any

from flask import Response, flash, url_for

from app.blueprints.builder import queries
from app.blueprints.builder.models import Mode
from app.blueprints.builder.queries.board import BoardView, LessonView, ModuleView
from app.blueprints.builder.routes.blueprint import base_of
from app.blueprints.builder.routes.drawer import editing_context
from app.blueprints.builder.services import BoardChange
from app.blueprints.courses.models import Course
from app.core.guards import current_actor
from app.core.htmx import Part, is_fragment, redirect, render, render_parts
from app.core.i18n import gettext as _
from app.core.partials import kept_partial
from app.core.partials import partial as drawn
from app.core.ui import dom_id

# After these, a way back is offered at once.
REMOVALS = frozenset({"remove_module", "remove_lesson", "remove_lessons"})


def context_of(course: Course, view: BoardView, /, **more: Any) -> dict[str, Any]:
    """Return what the templates of the board need."""
    lessons = [card.lesson.key for column in view.modules for card in column.lessons]
    return {
        "course": course,
        "version": view.version,
        "columns": view.modules,
        "steps": queries.steps(view.version, len(view.readiness.must)),
        "readiness": view.readiness,
        "next_number": view.next_number,
        "first_lesson": next(iter(lessons), None),
        "base": base_of(course),
        **editing_context(),
        "step": 2,
        "editor": None,
        "stale": None,
        **more,
    }


def board_context(
    course: Course, view: BoardView, /, *, past: int | None = None, **more: Any
) -> dict[str, Any]:
    """Return what the board itself needs besides; what could not be undone lies in the `past`."""
    history = queries.own_history(view.version, current_actor().id, past=past)
    published = course.current_version_id is not None
    draw = partial(_card, base_of(course), published)
    board = {
        "history": history,
        "undone": "",
        "draw_card": draw,
        "kept": kept_partial,
    }
    return {**context_of(course, view, **more), **board, **more}


def _card(base: str, published: bool, card: LessonView) -> str:
    """Draw a card, which most of the time has been drawn just so before."""
    lesson = card.lesson
    return kept_partial(
        "builder/_card.html",
        base=base,
        key=lesson.key,
        title=lesson.title,
        revision=lesson.revision,
        kind=lesson.kind.value,
        minutes=lesson.minutes,
        is_required=lesson.is_required,
        changed=card.changed and published,
        marks=tuple(str(mark) for mark in card.marks),
    )


def show_board(
    course: Course, view: BoardView | None = None, /, *, status: int = 200, **more: Any
) -> Response:
    """Answer with the page of the board, as it was loaded or as it is now."""
    context = board_context(course, view or queries.board(course), **more)
    response = render("builder/board.html", status=status, **context)
    response.headers["ETag"] = etag_of(context["version"].board_revision)
    return response


def etag_of(board_revision: int) -> str:
    """Return the validator of a board at that revision."""
    return f'"b{board_revision}"'


def etag_of_now(now: queries.Now) -> str:
    """Return the validator of all that a page follows: the board, its texts, who is there."""
    who = hashlib.sha256(repr(now.others).encode()).hexdigest()[:12]
    return f"n{now.version_id}.{now.sequence}.{now.revision}.{who}"


def answer_change(course: Course, change: BoardChange, *, undone: int | None = None) -> Response:
    """Answer a command: the touched columns, or for plain forms the board with a notice."""
    if not is_fragment():
        flash(_sentence(course, change), "good")
        return redirect(url_for("builder.board", slug=course.slug))
    context = board_context(course, queries.board(course), undone=undone or "")
    parts = [*_columns(context, change), *head_parts(context), said(_told(change))]
    if change.kind in REMOVALS and undone is None:
        parts.append(_undo_toast(course, change))
    return render_parts(*parts)


def _told(change: BoardChange) -> str:
    """Return what a command did, for the live region."""
    if change.mode is Mode.UNDO:
        return _("Undone. %(what)s", what=change.message)
    if change.mode is Mode.REDO:
        return _("Done again. %(what)s", what=change.message)
    return str(change.message)


def all_columns(context: dict[str, Any]) -> Part:
    """Return every column as one part."""
    return Part("columns", "builder/_columns.html", context)


def one_column(context: dict[str, Any], column: ModuleView) -> Part:
    """Return one column as a part."""
    return Part(dom_id(column.module), "builder/_column.html", {**context, "column": column})


def head_parts(context: dict[str, Any]) -> list[Part]:
    """Return what else a change shows in: the state in the head, and the scripts' own."""
    return [
        Part("builder-status", "builder/_status.html", context),
        Part("builder-steps", "builder/_steps.html", context),
        Part("builder-actions", "builder/_head_actions.html", context),
        Part("board-history", "builder/_history.html", context),
        Part("board-state", "builder/_board_state.html", context),
    ]


def said(message: Any) -> Part:
    """Return a sentence for the live region."""
    return Part("announcer", "builder/_said.html", {"message": message}, swap="textContent")


def _columns(context: dict[str, Any], change: BoardChange) -> list[Part]:
    if change.structural:
        return [all_columns(context)]
    if change.kind == "move_module":
        # The scripts put the columns in order; only what the menus say of neighbours changes.
        return [_menu(context, column) for column in context["columns"]]
    touched = (column for column in context["columns"] if column.module.key in change.modules)
    return [one_column(context, column) for column in touched]


def _menu(context: dict[str, Any], column: ModuleView) -> Part:
    return Part(
        dom_id(column.module, "menu"),
        "builder/_module_menu.html",
        {**context, "column": column},
        swap="innerMorph",
    )


def _undo_toast(course: Course, change: BoardChange) -> Part:
    values = {"message": change.message, "undo_url": _undo_url(course, change)}
    return Part("toasts", "builder/_undo_toast.html", values, swap="beforeend")


def _undo_url(course: Course, change: BoardChange) -> str:
    return url_for("builder.undo", slug=course.slug, sequence=change.sequence)


def _sentence(course: Course, change: BoardChange) -> str:
    """Return what was done, with a button that takes it back where that can be done."""
    if not change.can_undo:
        return str(change.message)
    values = {"message": change.message, "undo_url": _undo_url(course, change)}
    return drawn("builder/_undo_notice.html", **values)
