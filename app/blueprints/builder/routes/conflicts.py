"""A title or setting that somebody else changed first: both are shown, the person chooses."""

from flask import Response

from app.blueprints.builder import queries
from app.blueprints.builder.errors import StaleRow
from app.blueprints.builder.queries.board import CardLesson, ModuleView
from app.blueprints.builder.routes.answers import board_context, head_parts, one_column, said
from app.blueprints.builder.routes.blueprint import base_of
from app.blueprints.courses.models import Course, Module
from app.core.htmx import Part, is_fragment, render, render_parts


def show_other_title(
    course: Course, error: StaleRow, *, mine: str, lesson: str = "", module: str = ""
) -> Response:
    """Answer 409 with the present title and a form that keeps the one that was typed."""
    view = queries.board(course)
    column, row = _lesson(view, lesson) if lesson else _module(view, module)
    kind = "lessons" if lesson else "modules"
    action = f"{base_of(course)}/{kind}/{row.key}"
    context = board_context(course, view, row=row, mine=mine, action=action, message=error.message)
    if not is_fragment():
        return render("builder/stale_title.html", status=error.status, **context)
    strip = Part("board-notice", "builder/_stale_title.html", context, swap="innerHTML")
    parts = [one_column(context, column), *head_parts(context), strip, said(error.message)]
    return render_parts(*parts, status=error.status)


def _lesson(view: queries.BoardView, key: str) -> tuple[ModuleView, Module | CardLesson]:
    column, place = view.get_card(key)
    return column, column.lessons[place].lesson


def _module(view: queries.BoardView, key: str) -> tuple[ModuleView, Module | CardLesson]:
    column = view.get_column(key)
    return column, column.module
