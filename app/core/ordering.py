"""Orders of keys, compared: shared by what tells versions and texts apart."""

from bisect import bisect_left
from collections.abc import Sequence


def displaced(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the fewest keys of both lists that must have moved to turn one order into the other.

    What stays is a longest increasing run of the old places, read in the new order.
    """
    places = {key: place for place, key in enumerate(old)}
    common = [key for key in new if key in places]
    tails: list[int] = []
    ends: list[str] = []
    links: dict[str, str | None] = {}
    for key in common:
        place = places[key]
        at = bisect_left(tails, place)
        links[key] = ends[at - 1] if at else None
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [key]
    stays: set[str] = set()
    key_or_none = ends[-1] if ends else None
    while key_or_none is not None:
        stays.add(key_or_none)
        key_or_none = links[key_or_none]
    return set(common) - stays
