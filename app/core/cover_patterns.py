"""The families of patterns that covers are made of: shapes from dice, in four related colours."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
W, H = 320, 160


class Dice:
    """Numbers from a fixed run of bytes: the same on every machine, for ever."""

    def __init__(self, run: bytes) -> None:
        """Begin at the first byte of `run`, and again from there when it is used up."""
        self._run, self._at = run, 0

    def up_to(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` - 1 (at most 256)."""
        value = self._run[self._at % len(self._run)]
        self._at += 1
        return value * limit // 256

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.up_to(high - low + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of `choices`."""
        return choices[self.up_to(len(choices))]


@dataclass(frozen=True, slots=True)
class Palette:
    """A light ground and three inks; OKLCH keeps them equally strong in every hue."""

    hue: int
    turn: int

    @property
    def ground(self) -> str:
        """Return the colour behind everything."""
        return f"oklch(.9 .045 {self.hue})"

    @property
    def inks(self) -> tuple[str, str, str]:
        """Return a middle, a deep and a neighbouring colour."""
        near = (self.hue + self.turn) % 360
        return (
            f"oklch(.62 .1 {self.hue})",
            f"oklch(.45 .08 {self.hue})",
            f"oklch(.78 .09 {near})",
        )


def _fills(paths: dict[str, list[str]], opacity: str = ".85") -> str:
    drawn = (f'<path fill="{ink}" d="{"".join(parts)}"/>' for ink, parts in paths.items())
    return f'<g opacity="{opacity}">{"".join(drawn)}</g>'


def bars(dice: Dice, palette: Palette) -> str:
    """Draw columns of differing width and height, like a chart that never was."""
    paths, left = defaultdict(list), 0
    while left < W:
        width, top = dice.pick((8, 8, 12, 18, 26)), dice.between(14, 128)
        paths[dice.pick(palette.inks)].append(f"M{left} {H}V{top}h{width}V{H}z")
        left += width + 5
    return _fills(paths)


def rings(dice: Dice, palette: Palette) -> str:
    """Draw circles around one point, like a stone thrown into water."""
    x, y, step = dice.between(60, 260), dice.between(40, 130), dice.between(16, 22)
    drawn = "".join(
        f'<circle cx="{x}" cy="{y}" r="{step * number}" stroke="{palette.inks[number % 3]}"'
        f' stroke-width="{(3, 9, 6)[number % 3]}"/>'
        for number in range(1, 11)
    )
    return f'<g fill="none" opacity=".8">{drawn}</g>'


def waves(dice: Dice, palette: Palette) -> str:
    """Draw lines that rise and fall together, thinner towards the foot."""
    half, swing, gap = dice.pick((20, 27, 40)), dice.between(8, 16), dice.between(19, 25)
    turns = "".join(
        f"q{half / 2:g} {swing if number % 2 == 0 else -swing} {half} 0"
        for number in range(W // half + 2)
    )
    drawn = "".join(
        f'<path d="M{-dice.up_to(half)} {20 + gap * row}{turns}" stroke="{palette.inks[row % 3]}"'
        f' stroke-width="{7 - 0.55 * row:.3g}"/>'
        for row in range(8)
    )
    return f'<g fill="none" opacity=".85">{drawn}</g>'


def tiles(dice: Dice, palette: Palette) -> str:
    """Lay quarter circles and triangles on a grid, some places left empty."""
    size, paths = 32, defaultdict(list)
    shapes = ("h{0}v{0}z", "v{0}h{0}z", "h{0}l-{0} {0}z", "a{0} {0} 0 0 1 {0} {0}h-{0}z", "")
    for row in range(H // size):
        for column in range(W // size):
            shape, ink = dice.pick(shapes).format(size), dice.pick(palette.inks)
            if shape:
                paths[ink].append(f"M{column * size} {row * size}{shape}")
    return _fills(paths)


def hills(dice: Dice, palette: Palette) -> str:
    """Draw ranges of hills behind each other, with a sun or a moon."""
    middle, deep, near = palette.inks
    sun = f'<circle cx="{dice.between(40, 280)}" cy="{dice.between(34, 64)}" r="22" fill="{near}"/>'
    ranges = []
    for level, ink in ((74, near), (98, middle), (124, deep)):
        points = [level + dice.between(-18, 18) for _ in range(6)]
        curve = "".join(f"S{64 * n - 32} {y} {64 * n} {y}" for n, y in enumerate(points) if n)
        ranges.append(f'<path fill="{ink}" d="M0 {points[0]}{curve}V{H}H0z"/>')
    return sun + f'<g opacity=".88">{"".join(ranges)}</g>'


def dots(dice: Dice, palette: Palette) -> str:
    """Print dots that swell and shrink across a slope, as on old paper."""
    paths, slope, phase = defaultdict(list), dice.between(2, 6) / 20, dice.up_to(60) / 10
    ink = palette.inks
    for row in range(8):
        for column in range(16):
            swell = math.sin(column * slope + row * 0.45 + phase)
            radius = round(2.5 + 6 * (swell + 1) / 2, 1)
            place = f"M{column * 20 + 10 - radius:g} {row * 20 + 10}"
            arc = f"a{radius:g} {radius:g} 0 1 1 0 .1z"
            paths[ink[0 if swell < 0.1 else 1 if swell > 0.75 else 2]].append(place + arc)
    return _fills(paths, ".8")


def leaves(dice: Dice, palette: Palette) -> str:
    """Lay pointed leaves on a grid, each turned one way or the other."""
    size, paths = 40, defaultdict(list)
    for row in range(H // size):
        for column in range(W // size):
            x, y = column * size, row * size
            ink = dice.pick(palette.inks)
            if dice.up_to(2):
                paths[ink].append(f"M{x} {y}q{size} 0 {size} {size}q-{size} 0-{size}-{size}z")
            else:
                paths[ink].append(f"M{x + size} {y}q0 {size}-{size} {size}q0-{size} {size}-{size}z")
    return _fills(paths)


FAMILIES: tuple[Callable[[Dice, Palette], str], ...] = (
    bars, rings, waves, tiles, hills, dots, leaves,
)  # fmt: skip
