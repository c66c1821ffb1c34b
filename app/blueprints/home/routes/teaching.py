"""What somebody teaches."""

from flask import Response, request, url_for

from app.blueprints.builder.policies import can_review
from app.blueprints.builder.queries import last_session
from app.blueprints.builder.queries.sessions import Unfinished
from app.blueprints.courses import queries as courses
from app.blueprints.courses.policies import can_create_course, can_edit_course
from app.blueprints.enrollments import queries as enrollments
from app.blueprints.home import queries
from app.blueprints.home.routes.blueprint import bp
from app.core.actor import Actor
from app.core.errors import Text
from app.core.guards import current_actor, signed_in
from app.core.htmx import render
from app.core.pagination import page_number
from app.core.registries import panels


@bp.get("/teaching")
@signed_in
def teaching() -> Response:
    """List the person's courses and what needs them."""
    actor = current_actor()
    page = queries.list_taught(actor.id, page_number(request.args.get("page")))
    return render(
        "home/teaching.html",
        page=page,
        taught=page.items,
        url_of=lambda number: url_for("home.teaching", page=number),
        numbers=_numbers([one.course.id for one in page.items]),
        may_create=can_create_course(actor),
        unfinished=_unfinished(actor),
        invitations=courses.invitations_for(actor.id),
        sent_back=queries.list_sent_back(actor.id),
        requests=enrollments.requests_to(actor.id),
        reviews=queries.count_open_reviews() if can_review(actor) else 0,
    )


def _unfinished(actor: Actor) -> Unfinished | None:
    """Return what the person was building last, where they still may."""
    found = last_session(actor.id)
    return found if found and can_edit_course(actor, found.course) else None


def _numbers(course_ids: list[int]) -> dict[int, list[tuple[Text, int | str]]]:
    """Ask the floors that know, for each course: what is counted, and how many."""
    numbers: dict[int, list[tuple[Text, int | str]]] = {course_id: [] for course_id in course_ids}
    for known in panels.call("teaching.course_numbers", course_ids):
        for course_id, counted in known.items():
            numbers[course_id].extend(counted)
    return numbers
