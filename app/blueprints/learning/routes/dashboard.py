"""The learner's own page: what to go on with."""

from flask import Response, request, url_for

from app.blueprints.enrollments import queries as enrollments
from app.blueprints.learning import queries
from app.blueprints.learning.routes.blueprint import bp
from app.core.guards import current_actor, signed_in
from app.core.htmx import render
from app.core.pagination import page_number


@bp.get("/learning")
@signed_in
def dashboard() -> Response:
    """Show what needs an answer, what to go on with, what is under way, what is completed."""
    actor = current_actor()
    page = queries.courses_of(actor.id, page_number(request.args.get("page")))
    under_way = [course for course in page.items if not course.is_completed]
    first = under_way.pop(0) if under_way and page.number == 1 else None
    return render(
        "learning/dashboard.html",
        first=first,
        next_title=queries.next_title(actor.id, first.course_id) if first else None,
        under_way=under_way,
        completed=[course for course in page.items if course.is_completed],
        page=page,
        url_of=lambda number: url_for("learning.dashboard", page=number),
        places=enrollments.places_of(actor.id),
        invitations=enrollments.invitations_of(actor.id),
        requests=enrollments.requests_of(actor.id),
    )
