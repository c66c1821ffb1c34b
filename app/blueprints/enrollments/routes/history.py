"""One person in one course: how they stand, how far they are, and what happened."""

from flask import Response

from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.enrollments import policies, queries
from app.blueprints.enrollments.routes.blueprint import bp
from app.blueprints.enrollments.routes.frame import show
from app.blueprints.enrollments.rules.roster import decisions_for


@bp.get("/teaching/<slug>/people/<int:enrollment_id>")
@course_guard(policies.can_see_people)
def history(course: Course, enrollment_id: int) -> Response:
    """Show the history of somebody's place in the course."""
    found = queries.get_of_course(course.id, enrollment_id)
    return show(
        course,
        "history",
        enrollment=found,
        person=found.user,
        steps=queries.history_of(found),
        decisions=decisions_for(found.status, is_admitted=found.admitted_at is not None),
    )
