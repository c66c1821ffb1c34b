"""Icons, rings and lines of numbers; and that templates ask only for icons that are there."""

import re
from xml.etree import ElementTree as ET

from flask import Flask

from app.core.assets import STATIC
from app.core.drawing import icon, ring, sparkline

TEMPLATES = STATIC.parent / "templates"
SPRITE = (STATIC / "icons.svg").read_text()
NAMED = re.compile(r"""\b(?:icon|empty)\(\s*["']([\w-]+)["']""")


def test_templates_ask_only_for_icons_of_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    asked = {name for path in TEMPLATES.rglob("*.html") for name in NAMED.findall(path.read_text())}
    assert asked
    assert asked <= there


def test_the_sprite_is_well_formed() -> None:
    ids = [one.get("id") for one in ET.fromstring(SPRITE)]
    assert len(ids) == len(set(ids))


def test_an_icon_is_silent_unless_it_is_named(app: Flask) -> None:
    with app.test_request_context():
        assert 'aria-hidden="true"' in icon("bell")
        assert 'role="img" aria-label="Two &amp; more"' in icon("bell", "Two & more")


def test_a_ring_stays_between_nothing_and_all() -> None:
    assert 'stroke-dasharray="100 100"' in ring(140, "All")
    assert "stroke-dasharray" not in ring(-3, "Nothing")
    assert ">58%<" in ring(58, "More than half")


def test_a_line_goes_from_edge_to_edge() -> None:
    assert 'd="M0 30L60 4L120 17"' in sparkline([0, 10, 5], "Up and down")
    assert 'd="M0 30L120 30"' in sparkline([3, 3], "Level")
    assert 'd=""' in sparkline([], "Nothing yet")
