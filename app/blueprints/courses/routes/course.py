"""The page of one course."""

from flask import Response

from app.blueprints.courses import queries
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course, CourseStatus
from app.blueprints.courses.policies import can_view_course
from app.blueprints.courses.routes.blueprint import bp
from app.core.htmx import render
from app.core.public_pages import public_page


@bp.get("/courses/<slug>")
@public_page(queries.course_stamp)
@course_guard(can_view_course)
def show(course: Course) -> Response:
    """Show what `course` is about, and to its team also before it is published."""
    return render(
        "courses/course.html",
        shown=queries.course_page(course),
        is_preview=course.current_version_id is None,
        is_over=course.status is CourseStatus.ARCHIVED,
    )
