"""Small pictures that templates ask for: icons from the sprite, lines of numbers, rings."""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from app.core.addresses import root
from app.core.assets import asset

_LINE_WIDTH, _LINE_HEIGHT, _MARGIN = 120, 34, 4
_CIRCLE = 100


def icon(name: str, label: str | None = None) -> Markup:
    """Return an icon of static/icons.svg; named for those who listen if `label` is given."""
    return _icon(root(), name, label)


@lru_cache(maxsize=1024)
def _icon(_root: str, name: str, label: str | None) -> Markup:
    voice = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    sprite = asset("icons.svg")
    return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(voice, sprite, name)


def sparkline(values: Sequence[float], label: str) -> Markup:
    """Return a line through `values`, oldest first; `label` says in words what it shows."""
    return Markup(
        '<svg class="sparkline" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><path d="{}"/></svg>'
    ).format(_LINE_WIDTH, _LINE_HEIGHT, label, _line(values))


def ring(percent: int, label: str) -> Markup:
    """Return a ring filled to `percent` (0 to 100) with the number in it."""
    shown = max(0, min(_CIRCLE, percent))
    return Markup(
        '<svg class="ring" viewBox="0 0 36 36" role="img" aria-label="{}">'
        '<circle class="track" cx="18" cy="18" r="16"/>'
        '{}<text x="18" y="18.5">{}%</text></svg>'
    ).format(label, _arc(shown), shown)


def _arc(percent: int) -> Markup:
    if not percent:  # the round end of an empty arc would show as a dot
        return Markup("")
    return Markup(
        '<circle class="done" cx="18" cy="18" r="16" pathLength="100" stroke-dasharray="{} 100"/>'
    ).format(percent)


def _line(values: Sequence[float]) -> str:
    if not values:
        return ""
    low, high = min(values), max(values)
    step = _LINE_WIDTH / max(1, len(values) - 1)
    tall = _LINE_HEIGHT - 2 * _MARGIN
    points = (
        f"{step * at:.4g} {_MARGIN + tall * (1 - (value - low) / ((high - low) or 1)):.4g}"
        for at, value in enumerate(values)
    )
    return "M" + "L".join(points)
