"""The catalogue: found by words, narrowed by facets, in pages; the address holds the state."""

from flask import Response, request

from app.blueprints.courses import queries
from app.blueprints.courses.forms import read_wanted
from app.blueprints.courses.routes.blueprint import bp
from app.blueprints.courses.rules.cards import LEVELS, cards_of
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.core.errors import Text
from app.core.guards import current_actor, public
from app.core.htmx import is_htmx, render, replace_url
from app.core.i18n import lazy_gettext as _l
from app.core.limits import SEARCH, limiter
from app.core.public_pages import public_page
from app.core.registries import panels

_SORTS: dict[Sort, Text] = {
    Sort.RELEVANCE: _l("best match"),
    Sort.NEWEST: _l("newest"),
    Sort.TITLE: _l("title"),
    Sort.SHORTEST: _l("shortest"),
}


def _is_no_search() -> bool:
    return not request.args.get("q")


@bp.get("/courses")
@public_page(queries.catalogue_stamp)
@limiter.limit(SEARCH, exempt_when=_is_no_search)
@public
def catalogue() -> Response:
    """Show the courses that are open to everybody."""
    wanted = read_wanted(request.args)
    found = queries.catalogue(wanted)
    response = render(
        "courses/catalogue.html",
        "courses/_results.html",
        wanted=wanted,
        found=found,
        cards=cards_of(found.page.items, _progress([row.id for row in found.page.items])),
        size=queries.school_size,
        levels=LEVELS,
        sorts=_sorts(wanted),
    )
    return _tidied(response, wanted)


def _sorts(wanted: Wanted) -> list[tuple[Sort, Text]]:
    """Return the orders to choose from; the best found only where something is looked for."""
    return [(sort, name) for sort, name in _SORTS.items() if wanted.text or sort != Sort.RELEVANCE]


def _progress(course_ids: list[int]) -> dict[int, int]:
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
        replace_url(response, f"{request.path}?{wanted.query}" if wanted.query else request.path)
    return response
