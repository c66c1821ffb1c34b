"""Colours that stand on each other, computed in both themes (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re

import pytest

from app.core.assets import STATIC

TOKENS = (STATIC / "css/tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\);")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}
GROUNDS = ("paper", "surface", "sunken")

TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent", "amber", "red", "green", "violet")
      for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in ("accent", "amber", "red", "green", "violet")),
    *(("ink", f"{tone}-soft") for tone in ("accent", "amber", "red", "green", "violet")),
    ("soft", "accent-soft"),
    ("accent-ink", "accent"), ("accent-ink", "accent-strong"),
    ("red-ink", "red"), ("red-ink", "red-strong"),
    ("paper", "ink"),
]  # fmt: skip
SHAPES = [("line-strong", ground) for ground in GROUNDS] + [("accent", "accent-soft")]


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_the_edges_of_controls_can_be_seen(shape: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[shape][theme], COLOURS[ground][theme]) >= 3
