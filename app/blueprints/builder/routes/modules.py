"""Commands on modules."""

from functools import partial
from typing import Any

from flask import Response, request

from app.blueprints.builder import services
from app.blueprints.builder.errors import StaleRow
from app.blueprints.builder.forms import read_after, read_revision
from app.blueprints.builder.routes.answers import answer_change
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.builder.routes.conflicts import show_other_title
from app.blueprints.builder.routes.once import added_once
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.guards import current_actor


@bp.post("/teaching/<slug>/modules")
@command
@course_guard(can_edit_course)
def add_module(course: Course) -> Response:
    """Add a module at the end, or after another."""
    values: dict[str, Any] = {
        "title": request.form.get("title", ""),
        "after": request.form.get("after") or None,
    }
    add = partial(services.add_module, current_actor(), course_id=course.id, **values)
    with writing():
        change = added_once([course.id, values], add)
    return answer_change(course, change)


@bp.patch("/teaching/<slug>/modules/<key>")
@command
@course_guard(can_edit_course)
def rename_module(course: Course, key: str) -> Response:
    """Give a module another title, if it still has the one that was shown."""
    title = request.form.get("title", "")
    try:
        with writing():
            change = services.rename_module(
                current_actor(),
                course_id=course.id,
                key=key,
                title=title,
                revision=read_revision(request.form),
            )
    except StaleRow as error:
        return show_other_title(course, error, module=key, mine=title)
    return answer_change(course, change)


@bp.delete("/teaching/<slug>/modules/<key>")
@command
@course_guard(can_edit_course)
def remove_module(course: Course, key: str) -> Response:
    """Take a module and its lessons off the board."""
    with writing():
        change = services.remove_module(current_actor(), course_id=course.id, key=key)
    return answer_change(course, change)


@bp.post("/teaching/<slug>/modules/<key>/move")
@command
@course_guard(can_edit_course)
def move_module(course: Course, key: str) -> Response:
    """Put a module after another; first where `after` is empty."""
    with writing():
        change = services.move_module(
            current_actor(),
            course_id=course.id,
            key=key,
            after=read_after(request.values),
        )
    return answer_change(course, change)


@bp.post("/teaching/<slug>/modules/<key>/copies")
@command
@course_guard(can_edit_course)
def duplicate_module(course: Course, key: str) -> Response:
    """Copy a module with its lessons, to the place after itself."""
    actor = current_actor()
    prepared = services.prepare_copies(actor, course_id=course.id, module=key)
    with writing():
        change = services.duplicate_module(actor, prepared, key=key)
    return answer_change(course, change)
