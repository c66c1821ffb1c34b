"""What lessons say, as HTML: of stored text, which was cleaned when it was written, and of text
that is not stored yet, which is cleaned here.
"""

from typing import Any

from markupsafe import Markup

from app.blueprints.builder.rules.editing import copied_block
from app.blueprints.courses.content.blocks import Body
from app.blueprints.courses.content.parsing import clean_body, parse_blocks
from app.blueprints.courses.content.render import render_body


def stored_html(html: str) -> Markup:
    """Return the HTML of a stored text."""
    return Markup(html)  # noqa: S704


def stored_block(block: dict[str, Any]) -> Markup:
    """Return how learners see one block of a stored text."""
    # Under other keys: several pictures of it may stand on one page.
    return _drawn(parse_blocks([copied_block(block)]))


def typed_block(block: dict[str, Any]) -> Markup:
    """Return how learners would see a block as somebody typed it."""
    return _drawn(clean_body(parse_blocks([copied_block(block)])))


def _drawn(clean: Body) -> Markup:
    return Markup(render_body(clean).html)  # noqa: S704
