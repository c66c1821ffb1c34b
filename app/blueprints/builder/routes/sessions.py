"""Where an author is: said by their page every few seconds, and shown to the others."""

from flask import Response, request

from app.blueprints.builder import queries, services
from app.blueprints.builder.forms import read_whereabouts
from app.blueprints.builder.routes.blueprint import bp
from app.blueprints.builder.rules.sessions import Place, is_news, is_over
from app.blueprints.courses import queries as courses
from app.blueprints.courses.guards import course_guard
from app.blueprints.courses.models import Course
from app.blueprints.courses.policies import can_edit_course
from app.core import clock, limits
from app.core.db import writing
from app.core.guards import current_actor
from app.core.limits import limiter


@bp.post("/teaching/<slug>/session")
@limiter.limit(limits.PRESENCE)
@course_guard(can_edit_course)
def be_here(course: Course) -> Response:
    """Note that the person is at the course; nothing is written where that is known already.

    The whole is looked over where it has changed since it last was, outside the transaction.
    """
    place, actor = read_whereabouts(request.form), current_actor()
    run, now = queries.find_session(course.id, actor.id), clock.now()
    if run and not is_over(run.expires_at, now):
        before = Place(run.step, run.lesson, run.block)
        if not is_news(place, before, run.last_seen_at, now):
            return Response(status=204)
    version = courses.shown_in_builder(course)
    stale = run is None or run.checked_revision != version.revision
    found = queries.checked(version) if stale else None
    with writing():
        services.go_on_building(actor, course_id=course.id, place=place, checked=found)
    return Response(status=204)
