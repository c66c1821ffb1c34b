"""What somebody looks for in the catalogue, and as what it stands in the address."""

import enum
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode


class Sort(enum.StrEnum):
    """In which order courses are listed."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    SHORTEST = "shortest"


class Facet(enum.StrEnum):
    """What the catalogue is narrowed by, as it is called in addresses."""

    SUBJECT = "subject"
    LEVEL = "level"
    LENGTH = "length"
    SEATS = "seats"
    LANGUAGE = "language"
    TAG = "tag"


class CourseLength(enum.StrEnum):
    """How long a course takes."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


# The minutes from which on a course is of that length.
MEDIUM_FROM, LONG_FROM = 180, 600
FREE = "free"


class Choice(NamedTuple):
    """One value of a facet: a slug, or a word of a closed set."""

    facet: Facet
    value: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, what is chosen of the facets (several of one widen it), order and page from 1."""

    text: str = ""
    chosen: tuple[Choice, ...] = ()
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
    def facets(self) -> frozenset[Facet]:
        """Return the facets of which something is chosen."""
        return frozenset(choice.facet for choice in self.chosen)

    @property
    def query(self) -> str:
        """Return it as the query of an address, always the same for the same wish; may be empty."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(choice.facet.value, choice.value) for choice in self.chosen]
        if self.order is not self.usual_order:
            pairs.append(("sort", self.order.value))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return what is chosen of `facet`."""
        return tuple(choice.value for choice in self.chosen if choice.facet is facet)

    def toggle(self, choice: Choice) -> "Wanted":
        """Return this with the value chosen, or let go where it was."""
        rest = tuple(other for other in self.chosen if other != choice)
        if len(rest) == len(self.chosen):
            rest = ordered({*rest, choice})
        return replace(self, chosen=rest, page=1)

    def without(self, facet: Facet) -> "Wanted":
        """Return this with nothing chosen of `facet`."""
        rest = tuple(choice for choice in self.chosen if choice.facet is not facet)
        return replace(self, chosen=rest, page=1)

    def without_facets(self) -> "Wanted":
        """Return this with the words and the order alone."""
        return replace(self, chosen=(), page=1)

    def on_page(self, page: int) -> "Wanted":
        """Return another page of the same."""
        return replace(self, page=page)


def ordered(choices: set[Choice]) -> tuple[Choice, ...]:
    """Return the choices in the one order that they have in addresses."""
    order = list(Facet)
    return tuple(sorted(choices, key=lambda choice: (order.index(choice.facet), choice.value)))
