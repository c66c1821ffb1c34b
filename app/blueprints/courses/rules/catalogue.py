"""What somebody looks for in the catalogue, and as what it stands in the address."""

import enum
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from app.blueprints.courses.models.kinds import Difficulty

T = TypeVar("T", bound=str)


class Sort(enum.StrEnum):
    """In which order courses are listed."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    SHORTEST = "shortest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, facets (subjects by slug; several of one facet widen it), order and page from 1."""

    text: str = ""
    subjects: tuple[str, ...] = ()
    levels: tuple[Difficulty, ...] = ()
    sort: Sort | None = None
    page: int = 1

    @property
    def usual_order(self) -> Sort:
        """Return the order where none is chosen: the best found first, else the newest."""
        return Sort.RELEVANCE if self.text else Sort.NEWEST

    @property
    def order(self) -> Sort:
        """Return the chosen order where there is such, else the usual one."""
        return self.sort if self.sort in self.orders else self.usual_order

    @property
    def orders(self) -> tuple[Sort, ...]:
        """Return the orders to choose from: the best found only where something is looked for."""
        return tuple(sort for sort in Sort if self.text or sort is not Sort.RELEVANCE)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a facet is chosen."""
        return bool(self.subjects or self.levels)

    @property
    def query(self) -> str:
        """Return it as the query of an address, always the same for the same wish; may be empty."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("subject", slug) for slug in self.subjects]
        pairs += [("level", level.value) for level in self.levels]
        if self.order is not self.usual_order:
            pairs.append(("sort", self.order.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)

    def toggle_subject(self, slug: str) -> "Wanted":
        """Return this with the subject chosen, or let go where it was."""
        return replace(self, subjects=_toggled(self.subjects, slug), page=1)

    def toggle_level(self, level: Difficulty) -> "Wanted":
        """Return this with the level chosen, or let go where it was."""
        return replace(self, levels=_toggled(self.levels, level), page=1)

    def without_facets(self) -> "Wanted":
        """Return this with the words and the order alone."""
        return replace(self, subjects=(), levels=(), page=1)

    def on_page(self, page: int) -> "Wanted":
        """Return another page of the same."""
        return replace(self, page=page)


def _toggled(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    rest = tuple(other for other in chosen if other != one)
    return rest if len(rest) < len(chosen) else tuple(sorted((*chosen, one)))
