"""Commands on lessons, and the lesson opened beside the board."""

from functools import partial
from typing import Any

from flask import Response, request

from app.blueprints.builder import queries, services
from app.blueprints.builder.errors import StaleRow
from app.blueprints.builder.forms import read_lesson, read_place, read_revision
from app.blueprints.builder.policies import can_see_draft
from app.blueprints.builder.routes.answers import answer_change, show_board
from app.blueprints.builder.routes.blueprint import base_of, bp, command
from app.blueprints.builder.routes.conflicts import show_other_title
from app.blueprints.builder.routes.drawer import KINDS, drawer_context, release_context
from app.blueprints.builder.routes.once import added_once
from app.blueprints.builder.routes.selection import show_places
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import Part, is_fragment, render, render_parts
from app.core.partials import partial as drawn


@bp.post("/teaching/<slug>/modules/<key>/lessons")
@command
@course_guard(can_edit_course)
def add_lesson(course: Course, key: str) -> Response:
    """Add a lesson to the module `key`, at its end or after another."""
    values: dict[str, Any] = {
        "module": key,
        "title": request.form.get("title", ""),
        "after": request.form.get("after") or None,
    }
    add = partial(services.add_lesson, current_actor(), course_id=course.id, **values)
    with writing():
        change = added_once([course.id, values], add)
    return answer_change(course, change)


@bp.get("/teaching/<slug>/lessons/<key>")
@course_guard(can_edit_course)
def lesson(course: Course, key: str) -> Response:
    """Show a lesson beside the board, to be edited."""
    if is_fragment():
        context = drawer_context(course, queries.lesson_editor(course, key))
        return render("builder/_drawer.html", **context)
    view = queries.board(course)
    editor = queries.lesson_editor_of(view.version, key)
    context = drawer_context(course, editor, view)
    return show_board(course, view, settings="settings" in request.args, **context)


@bp.get("/teaching/<slug>/lessons/<key>/readiness")
@course_guard(can_edit_course)
def lesson_readiness(course: Course, key: str) -> Response:
    """Show what is to be mended in a lesson, and how it is set; the drawer asks after each save."""
    editor = queries.lesson_editor(course, key)
    context = {
        "fixes": queries.version_readiness(course, editor.version).of_lesson(key),
        "lesson": editor.lesson,
        "base": base_of(course),
        "kinds": KINDS,
        "settings_of": release_context(editor.lesson.release),
    }
    return render_parts(
        Part("lesson-chips", "builder/_lesson_chips.html", context),
        Part("lesson-minutes-hint", "builder/_lesson_minutes.html", context),
        main=str(drawn("builder/_lesson_fixes.html", **context)),
    )


@bp.get("/teaching/<slug>/lessons/<key>/preview")
@course_guard(can_see_draft)
def preview(course: Course, key: str) -> Response:
    """Show a lesson of the working version as learners will see it."""
    found = queries.lesson_preview(course, key)
    return render(
        "builder/preview.html",
        course=course,
        preview=found,
        base=base_of(course),
        settings_of=release_context(found.lesson.release),
    )


@bp.patch("/teaching/<slug>/lessons/<key>")
@command
@course_guard(can_edit_course)
def edit_lesson(course: Course, key: str) -> Response:
    """Change what a lesson's card shows; fields that are not sent stay as they are."""
    values = read_lesson(request.form)
    try:
        with writing():
            change = services.edit_lesson(
                current_actor(),
                course_id=course.id,
                key=key,
                revision=read_revision(request.form),
                **values,
            )
    except StaleRow as error:
        return show_other_title(course, error, lesson=key, mine=values.get("title", ""))
    return answer_change(course, change)


@bp.delete("/teaching/<slug>/lessons/<key>")
@command
@course_guard(can_edit_course)
def remove_lesson(course: Course, key: str) -> Response:
    """Take a lesson off the board."""
    with writing():
        change = services.remove_lesson(current_actor(), course_id=course.id, key=key)
    return answer_change(course, change)


@bp.get("/teaching/<slug>/lessons/<key>/move")
@course_guard(can_edit_course)
def choose_lesson_place(course: Course, key: str) -> Response:
    """Ask where a lesson should go."""
    return show_places(course, [key])


@bp.post("/teaching/<slug>/lessons/<key>/move")
@command
@course_guard(can_edit_course)
def move_lesson(course: Course, key: str) -> Response:
    """Put a lesson into a module, after another or first."""
    module, after = read_place(request.values)
    with writing():
        change = services.move_lesson(
            current_actor(), course_id=course.id, key=key, module=module, after=after
        )
    return answer_change(course, change)
