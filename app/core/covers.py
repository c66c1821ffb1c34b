"""Covers for courses without a picture: a pattern and a palette drawn from the slug alone.

They are images at an address of their own, kept by browsers for a year: a catalogue page then
carries 25 short addresses rather than 25 drawings, and draws nothing when it is rendered.
"""

from functools import lru_cache
from hashlib import shake_128

from flask import Blueprint, Response, url_for
from markupsafe import Markup

from app.core.cover_patterns import FAMILIES, Dice, Palette
from app.core.guards import public

WIDTH, HEIGHT = 320, 160
YEAR = 365 * 24 * 3600
# Part of the address: raise it when the drawing changes.
STYLE = 1
_HUES = (20, 45, 70, 95, 130, 155, 185, 215, 250, 280, 310, 345)

bp = Blueprint("covers", __name__)


@lru_cache(maxsize=1024)
def cover_svg(slug: str) -> str:
    """Return the drawing for `slug`, the same for ever: under 6 kB, no ids, no styles."""
    dice = Dice(shake_128(slug.encode()).digest(512))
    palette = Palette(dice.pick(_HUES), dice.pick((40, -40, 150)))
    shapes = dice.pick(FAMILIES)(dice, palette)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="xMidYMid slice">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.ground}"/>{shapes}</svg>'
    )


def cover(slug: str, *, lazy: bool = True, picture: str = "") -> Markup:
    """Return the image element of a course's cover; it says nothing that its title does not.

    `picture` is the address of a photograph to show, cropped, in place of the drawing.
    """
    loading = Markup(' loading="lazy"') if lazy else ""
    kind = Markup(" photo") if picture else ""
    return Markup(
        '<img class="cover{}" src="{}" alt="" width="{}" height="{}" decoding="async"{}>'
    ).format(
        kind, picture or url_for("covers.show", style=STYLE, slug=slug), WIDTH, HEIGHT, loading
    )


@bp.get("/covers/<int:style>/<slug>.svg")
@public
def show(style: int, slug: str) -> Response:
    """Serve a drawing; any slug has one, so this tells nothing about which courses exist."""
    response = Response(cover_svg(slug[:200]), mimetype="image/svg+xml")
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response
