"""The learner's own page: what to go on with."""

from flask import Response

from app.blueprints.learning import queries
from app.blueprints.learning.routes.blueprint import bp
from app.core.guards import current_actor, signed_in
from app.core.htmx import render


@bp.get("/learning")
@signed_in
def dashboard() -> Response:
    """Show what to go on with first, what else is under way, and what is completed."""
    actor = current_actor()
    courses = queries.courses_of(actor.id)
    under_way = [course for course in courses if not course.is_completed]
    first = under_way[0] if under_way else None
    return render(
        "learning/dashboard.html",
        first=first,
        next_title=queries.next_title(actor.id, first.course_id) if first else None,
        under_way=under_way[1:],
        completed=[course for course in courses if course.is_completed],
    )
