"""What the catalogue is asked for; anything that cannot be read counts as not said."""

from contextlib import suppress

from werkzeug.datastructures import MultiDict

from app.blueprints.courses.models import Difficulty
from app.blueprints.courses.rules.catalogue import (
    FREE,
    Choice,
    CourseLength,
    Facet,
    Sort,
    Wanted,
    ordered,
)
from app.blueprints.courses.search import LONGEST_QUERY
from app.core.pagination import page_number

_LONGEST_SLUG = 80
_MOST_CHOSEN = 20
_CLOSED: dict[Facet, frozenset[str]] = {
    Facet.LEVEL: frozenset(Difficulty),
    Facet.LENGTH: frozenset(CourseLength),
    Facet.SEATS: frozenset({FREE}),
}


def read_wanted(arguments: MultiDict[str, str]) -> Wanted:
    """Return what the catalogue's address asks for; never fails."""
    asked = {Choice(facet, value) for facet in Facet for value in arguments.getlist(facet.value)}
    return Wanted(
        text=_plain(arguments.get("q", "")),
        chosen=ordered({choice for choice in asked if _can_be(choice)})[:_MOST_CHOSEN],
        sort=_sort(arguments.get("sort", "")),
        page=page_number(arguments.get("page")),
    )


def _can_be(choice: Choice) -> bool:
    """Tell whether there could be a course of this value."""
    if choice.facet in _CLOSED:
        return choice.value in _CLOSED[choice.facet]
    return 0 < len(choice.value) <= _LONGEST_SLUG and choice.value.isprintable()


def _plain(text: str) -> str:
    """Return `text` on one line, without what cannot be shown."""
    shown = "".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY])
    return " ".join(shown.split())


def _sort(name: str) -> Sort | None:
    with suppress(ValueError):
        return Sort(name)
    return None
