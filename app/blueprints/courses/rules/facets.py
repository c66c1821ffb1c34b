"""How many courses there are of each value of each facet, under what is chosen of the others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.blueprints.courses.models.kinds import Difficulty
from app.blueprints.courses.rules.catalogue import FREE, Choice, CourseLength, Facet, Wanted

# Always offered, and in this order; what the others have comes from the courses.
_CLOSED: dict[Facet, tuple[str, ...]] = {
    Facet.LEVEL: tuple(Difficulty),
    Facet.LENGTH: tuple(CourseLength),
    Facet.SEATS: (FREE,),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Courses that are alike in all facets: their values, and how many they are.

    Of the tag it is told only whether they have one of the chosen: such a one, or None.
    """

    values: Mapping[Facet, str | None]
    number: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One value to choose; `name` where the value itself is not what people call it."""

    choice: Choice
    name: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose, how many courses fit, and how many would without a facet."""

    offers: tuple[Offer, ...] = ()
    total: int = 0
    without: tuple[tuple[Facet, int], ...] = ()

    def of(self, *facets: Facet) -> tuple[Offer, ...]:
        """Return what is worth showing of these: what narrows something, and what is chosen."""
        return tuple(
            offer
            for offer in self.offers
            if offer.choice.facet in facets and (offer.number or offer.is_chosen)
        )


@dataclass(slots=True)
class Tally:
    """Counts as the groups come in; `names` and the tags' numbers come with them."""

    wanted: Wanted
    names: dict[Choice, str] = field(default_factory=dict)
    numbers: Counter[Choice] = field(default_factory=Counter)
    total: int = 0
    dropped: Counter[Facet] = field(default_factory=Counter)

    def add(self, group: Group) -> None:
        """Count a group where it fits, and where it would but for one facet."""
        missed = [
            facet
            for facet in self.wanted.facets
            if group.values[facet] not in self.wanted.values(facet)
        ]
        if len(missed) > 1:
            return
        if missed:
            self.dropped[missed[0]] += group.number
        else:
            self.total += group.number
        for facet in missed or group.values:
            value = group.values[facet]
            if value is not None and facet is not Facet.TAG:
                self.numbers[Choice(facet, value)] += group.number

    def facets(self) -> Facets:
        """Return what was counted, each facet's values in their order."""
        return Facets(
            offers=tuple(self._offer(choice) for facet in Facet for choice in self._of(facet)),
            total=self.total,
            without=tuple(
                (facet, self.total + self.dropped[facet])
                for facet in Facet
                if facet in self.wanted.facets
            ),
        )

    def _of(self, facet: Facet) -> Iterable[Choice]:
        if facet in _CLOSED:
            return [Choice(facet, value) for value in _CLOSED[facet]]
        known = {choice for choice in (*self.numbers, *self.wanted.chosen) if choice.facet is facet}
        return sorted(known, key=lambda choice: self.names.get(choice, choice.value).casefold())

    def _offer(self, choice: Choice) -> Offer:
        name = self.names.get(choice, choice.value)
        return Offer(choice, name, self.numbers[choice], choice in self.wanted.chosen)
