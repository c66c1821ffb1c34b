"""Small walks over Markdown tokens, and over the HTML made of them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from app.blueprints.interchange.markdown import dialect

_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_OUTSIDE = re.compile(r' href="(?:https?|mailto):', re.IGNORECASE)
_EMPTY = re.compile(r"<(p|li|figure)>\s*</\1>\n?")


def groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Split `tokens` at their own level: each group is one element with all inside it."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth <= 0:
            yield group
            group, depth = [], 0


def with_attributes(split: Iterable[list[Token]]) -> Iterator[tuple[list[Token], list[str]]]:
    """Give each group with the classes in the line of attributes under it, which is left out."""
    listed = list(split)
    for place, group in enumerate(listed):
        if group[0].type != "attribute_line":
            under = next((after[0] for after in listed[place + 1 : place + 2]), group[0])
            yield group, dialect.classes(under.info) if under.type == "attribute_line" else []


def line_of(tokens: Sequence[Token]) -> int:
    """Return the line, from 0, on which `tokens` begin, as far as they know."""
    return next((token.map[0] for token in tokens if token.map), 0)


def only_outside_links(html: str) -> str:
    """Unlink in clean `html` what leads to files beside the lesson, which are not there here."""
    return _LINK.sub(lambda link: link[0] if _OUTSIDE.search(link[1]) else link[2], html)


def without_empty(html: str) -> str:
    """Drop from clean `html` the elements that an image was taken out of."""
    return _EMPTY.sub("", html)
