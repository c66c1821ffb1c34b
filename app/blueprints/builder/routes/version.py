"""One published version: what it was to learners, and what of it goes back into the draft."""

from flask import Response

from app.blueprints.builder import queries, services
from app.blueprints.builder.policies import can_see_draft
from app.blueprints.builder.routes.answers import answer_change
from app.blueprints.builder.routes.blueprint import bp, command
from app.blueprints.courses import queries as courses
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core.db import writing
from app.core.guards import current_actor
from app.core.htmx import render


@bp.get("/teaching/<slug>/versions/<int:number>")
@course_guard(can_see_draft)
def version(course: Course, number: int) -> Response:
    """Show what a version consisted of."""
    found = courses.get_published_version(course.id, number)
    return render(
        "builder/version.html",
        course=course,
        version=found,
        outline=courses.outline(found),
        may_edit=can_edit_course(current_actor(), course),
    )


@bp.get("/teaching/<slug>/versions/<int:number>/lessons/<key>")
@course_guard(can_see_draft)
def version_lesson(course: Course, number: int, key: str) -> Response:
    """Show a lesson as the learners of that version see it."""
    found = courses.get_published_version(course.id, number)
    return render(
        "builder/version_lesson.html",
        course=course,
        preview=queries.version_lesson(found, key),
        may_edit=can_edit_course(current_actor(), course),
    )


@bp.post("/teaching/<slug>/versions/<int:number>/lessons/<key>/restoration")
@command
@course_guard(can_edit_course)
def bring_lesson_back(course: Course, number: int, key: str) -> Response:
    """Let a lesson of the draft be what it was in that version."""
    with writing():
        change = services.bring_lesson_back(
            current_actor(), course_id=course.id, number=number, key=key
        )
    return answer_change(course, change)


@bp.post("/teaching/<slug>/versions/<int:number>/modules/<key>/restoration")
@command
@course_guard(can_edit_course)
def bring_module_back(course: Course, number: int, key: str) -> Response:
    """Bring a module of that version back into the draft."""
    with writing():
        change = services.bring_module_back(
            current_actor(), course_id=course.id, number=number, key=key
        )
    return answer_change(course, change)
