"""Generated covers: the same for ever, small, inert, and of every family."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from app.core.cover_patterns import FAMILIES, Dice, Palette
from app.core.covers import cover, cover_svg
from tests.support.client import CheckedClient

SLUGS = [f"course-{number}" for number in range(300)]
LARGEST = 6_000


def test_a_cover_is_drawn_from_the_slug_alone() -> None:
    first = cover_svg("first-aid")
    cover_svg.cache_clear()
    assert cover_svg("first-aid") == first
    assert len({cover_svg(slug) for slug in SLUGS}) == len(SLUGS)


def test_a_cover_is_small_well_formed_and_inert() -> None:
    for slug in SLUGS:
        drawing = cover_svg(slug)
        assert len(drawing) < LARGEST
        elements = list(ET.fromstring(drawing).iter())
        assert not {"id", "style", "class"} & {name for one in elements for name in one.attrib}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_draws_in_the_palette(family: Callable[[Dice, Palette], str]) -> None:
    palette = Palette(hue=20, turn=40)
    shapes = family(Dice(bytes(range(256))), palette)
    inks = set(re.findall(r"oklch\([^)]*\)", shapes))
    assert inks
    assert inks <= set(palette.inks)


def test_dice_stay_within_their_limits() -> None:
    dice = Dice(bytes(range(256)))
    assert {dice.between(3, 5) for _ in range(600)} == {3, 4, 5}


def test_a_browser_keeps_a_cover_for_a_year(client: CheckedClient) -> None:
    response = client.get("/covers/1/no-such-course.svg")
    assert response.mimetype == "image/svg+xml"
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 365 * 24 * 3600
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_page_asks_for_a_cover_by_its_address(app: Flask) -> None:
    with app.test_request_context():
        element = cover('a"b')
    assert 'src="/covers/1/a%22b.svg"' in element
    assert 'alt=""' in element
