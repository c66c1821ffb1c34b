"""What the catalogue is asked for; anything that cannot be read counts as not said."""

from contextlib import suppress

from werkzeug.datastructures import MultiDict

from app.blueprints.courses.models import Difficulty
from app.blueprints.courses.rules.catalogue import Sort, Wanted
from app.blueprints.courses.search import LONGEST_QUERY
from app.core.pagination import page_number

_LONGEST_SLUG = 80
_MOST_SUBJECTS = 20


def read_wanted(arguments: MultiDict[str, str]) -> Wanted:
    """Return what the catalogue's address asks for; never fails."""
    subjects = {slug for slug in arguments.getlist("subject") if 0 < len(slug) <= _LONGEST_SLUG}
    levels = {level for level in Difficulty if level.value in arguments.getlist("level")}
    return Wanted(
        text=_plain(arguments.get("q", "")),
        subjects=tuple(sorted(filter(str.isprintable, subjects))[:_MOST_SUBJECTS]),
        levels=tuple(level for level in Difficulty if level in levels),
        sort=_sort(arguments.get("sort", "")),
        page=page_number(arguments.get("page")),
    )


def _plain(text: str) -> str:
    """Return `text` on one line, without what cannot be shown."""
    shown = "".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY])
    return " ".join(shown.split())


def _sort(name: str) -> Sort | None:
    with suppress(ValueError):
        return Sort(name)
    return None
