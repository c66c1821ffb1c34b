"""What the HTML of a text holds that people with and without eyes need: headings, links, pictures.

Read from clean HTML when a text is written, so that no page has to parse it again.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_COLOURS = frozenset({"style", "color", "bgcolor", "background"})
_KEPT = 64


@dataclass(slots=True)
class Link:
    """Where a link leads and what it says."""

    href: str
    words: str = ""


@dataclass(slots=True)
class HtmlParts:
    """The headings' levels with their words, links, pictures' texts (None: none), tables.

    `bare_tables` are those without a heading cell, `colours` counts what fixes a colour.
    """

    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[str | None] = field(default_factory=list)
    bare_tables: int = 0
    colours: int = 0


@lru_cache(maxsize=_KEPT)
def read_markup(html: str) -> HtmlParts:
    """Return what `html` holds; the same text is read once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = HtmlParts()
        self._link: Link | None = None
        self._heading: list[str] | None = None
        self._tables: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found.colours += tag == "font" or bool(_COLOURS & values.keys())
        if tag in _HEADINGS:
            self._heading = []
        elif tag == "a" and values.get("href"):
            self._link = Link(values["href"] or "")
            self.found.links.append(self._link)
        elif tag == "img":
            self.found.pictures.append(values.get("alt"))
            self.handle_data(values.get("alt") or "")
        elif tag == "table":
            self._tables.append(False)
        elif tag == "th" and self._tables:
            self._tables[-1] = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS and self._heading is not None:
            self.found.headings.append((_HEADINGS[tag], "".join(self._heading).strip()))
            self._heading = None
        elif tag == "a":
            self._link = None
        elif tag == "table" and self._tables:
            self.found.bare_tables += not self._tables.pop()

    def handle_data(self, data: str) -> None:
        if self._link is not None:
            self._link.words += data
        if self._heading is not None:
            self._heading.append(data)
