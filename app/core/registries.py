"""Where higher floors hang what lower pages show and what lower transactions must run.

A lower page shows a panel, or a lower service runs a hook, without knowing who put it there.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from app.core.actor import Actor
from app.core.errors import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that a menu leads to; a lower `order` comes first."""

    label: Text
    path: str
    order: int

    @property
    def current(self) -> bool:
        """Tell whether the page shown lies under this entry."""
        return request.path == self.path or request.path.startswith(self.path + "/")


@dataclass(frozen=True, slots=True)
class NavItem(Place):
    """An entry of the main navigation."""

    visible: Callable[[Actor], bool]


class Nav:
    """The main navigation, filled by the domains."""

    def __init__(self) -> None:
        """Begin with no entry."""
        self._items: dict[str, NavItem] = {}

    def add(self, label: Text, path: str, *, order: int, visible: Callable[[Actor], bool]) -> None:
        """Add an entry; the same path again replaces it."""
        self._items[path] = NavItem(label, path, order, visible)

    def items_for(self, actor: Actor) -> list[NavItem]:
        """Return the entries that `actor` sees, in order."""
        shown = (item for item in self._items.values() if item.visible(actor))
        return sorted(shown, key=lambda item: item.order)


class Slots:
    """Named places that take functions from higher floors."""

    def __init__(self) -> None:
        """Begin with every place empty."""
        self._filled: dict[str, dict[str, Callable[..., Any]]] = defaultdict(dict)

    def fill(self, slot: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Put the decorated function in `slot`; the same function again changes nothing."""

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            self._filled[slot][f"{function.__module__}.{function.__qualname__}"] = function
            return function

        return decorate

    def call(self, slot: str, *args: Any, **kwargs: Any) -> list[Any]:
        """Call everything in `slot` and return what it gave, leaving out None."""
        results = (function(*args, **kwargs) for function in list(self._filled[slot].values()))
        return [result for result in results if result is not None]


def places(slot: str, *args: Any) -> list[tuple[Text, str, bool]]:
    """Return what a menu lists, in order: label, path, whether it is where one is."""
    found = sorted(panels.call(slot, *args), key=lambda place: place.order)
    return [(place.label, place.path, place.current) for place in found]


nav = Nav()
# Panels give HTML (or data) for a lower page; hooks run inside a lower service's transaction.
panels = Slots()
hooks = Slots()
