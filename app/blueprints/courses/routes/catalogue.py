"""The catalogue: found by words, narrowed by facets, in pages; the address holds the state."""

from collections.abc import Collection

from flask import Response, request

from app.blueprints.courses import queries
from app.blueprints.courses.forms import read_wanted
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.rules.cards import with_progress
from app.blueprints.courses.rules.catalogue import Wanted
from app.core.addresses import here
from app.core.guards import current_actor, public
from app.core.htmx import is_htmx, render, replace_url
from app.core.limits import limiter, search_limit
from app.core.public_pages import public_page
from app.core.registries import panels


def _is_no_search() -> bool:
    return not request.args.get("q")


@bp.get("/courses")
@public_page(queries.catalogue_stamp)
@limiter.limit(search_limit, exempt_when=_is_no_search)
@public
def catalogue() -> Response:
    """Show the courses that are open to everybody."""
    wanted = read_wanted(request.args)
    state = queries.catalogue_state()
    found = queries.catalogue_in(state, wanted)
    response = render(
        "courses/catalogue.html",
        "courses/_results.html",
        wanted=wanted,
        found=found,
        cards=with_progress(found.cards, _progress(found.cards)),
        state=state,
    )
    return _tidied(response, wanted)


def _progress(course_ids: Collection[int]) -> dict[int, int]:
    """Return how far this person is (percent), by course, from the floor that knows."""
    actor = current_actor()
    if actor.is_anonymous or not course_ids:
        return {}
    progress: dict[int, int] = {}
    for known in panels.call("courses.card_progress", actor, course_ids):
        progress.update(known)
    return progress


def _tidied(response: Response, wanted: Wanted) -> Response:
    """Let the address bar show the wish without a form's empty fields."""
    if is_htmx() and request.query_string.decode("latin-1") != wanted.query:
        replace_url(response, f"{here()}?{wanted.query}" if wanted.query else here())
    return response
