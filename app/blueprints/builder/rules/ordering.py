"""Orders of keys, and what one move makes of them."""

from collections.abc import Collection, Sequence


class NoSuchNeighbour(LookupError):
    """The key to stand after is not there (any more)."""


def placed(keys: Sequence[str], key: str, after: str | None) -> list[str]:
    """Return `keys` with `key` right after `after`, or first where that is None.

    Raises `NoSuchNeighbour`.
    """
    return all_placed(keys, [key], after)


def all_placed(keys: Sequence[str], moving: Sequence[str], after: str | None) -> list[str]:
    """Return `keys` with all of `moving`, in their order, right after `after`, or first.

    Raises `NoSuchNeighbour`, also where `after` is itself among those that move.
    """
    rest = [key for key in keys if key not in moving]
    if after is None:
        return [*moving, *rest]
    if after not in rest:
        raise NoSuchNeighbour(after)
    at = rest.index(after) + 1
    return [*rest[:at], *moving, *rest[at:]]


def placed_or_last(keys: Sequence[str], key: str, after: str | None) -> list[str]:
    """As `placed`, but last where the neighbour is gone: undoing must not fail over it."""
    try:
        return placed(keys, key, after)
    except NoSuchNeighbour:
        return [*(other for other in keys if other != key), key]


def neighbour_before(keys: Sequence[str], key: str) -> str | None:
    """Return what `key` stands after; None where it is first."""
    at = list(keys).index(key)
    return keys[at - 1] if at else None


def last_before(order: Sequence[str], key: str, there: Collection[str]) -> str | None:
    """Return which of those `there` stands closest before `key` in `order`; None for the first."""
    before = order[: list(order).index(key)]
    return next((other for other in reversed(before) if other in there), None)


def same_keys(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether both hold the same keys, each once."""
    return len(first) == len(second) and set(first) == set(second) and len(set(first)) == len(first)
