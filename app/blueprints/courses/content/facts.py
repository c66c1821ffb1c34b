"""What is known of a lesson's text without reading it again: computed when it is written.

Stored beside the blocks; what a version as a whole offers, and what is to be mended in it, is
worked out from these.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from app.blueprints.courses.content import blocks as types
from app.blueprints.courses.content.canonical import canonical_json
from app.blueprints.courses.content.markup import HtmlParts, Link, read_markup
from app.blueprints.courses.content.minutes import estimated_minutes
from app.blueprints.courses.content.references import assets_of

_LESSON = re.compile(r"^/learning/([^/]+)/([a-z0-9]+)/?$")
# What a link says that is read out of its sentence, in the languages that courses are written in.
_LITTLE = frozenset(
    {
        *("here", "click", "click here", "this", "this link", "link", "more", "read more"),
        *("learn more", "see more", "hier", "klick hier", "mehr", "mehr lesen", "aquí"),
        *("haz clic aquí", "más", "leer más", "ici", "cliquez ici", "plus", "en savoir plus"),
        *("qui", "clicca qui", "altro", "leggi tutto", "aqui", "clique aqui", "mais", "leia mais"),
    }
)


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Counts of a text; `minutes` are estimated, `size` is in bytes.

    `assets` and `lessons` name what the text refers to, each with the outermost block that does;
    a lesson as `slug/key`.
    """

    images: int = 0
    described: int = 0
    headings: int = 0
    in_order: bool = True
    films: int = 0
    captioned: int = 0
    links: int = 0
    named: int = 0
    colours: int = 0
    minutes: int = 0
    size: int = 0
    assets: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "TextFacts":
        """Build it again from what is stored."""
        return cls(**{name: value for name, value in stored.items() if name in _NAMES})


_NAMES = frozenset(one.name for one in fields(TextFacts))


def facts_of(body: types.Body) -> TextFacts:
    """Return the facts of a clean `body`."""
    every = list(body.walk())
    markups = [read_markup(html) for block in every if (html := html_of(block))]
    pictures = [alt for one in markups for alt in one.pictures]
    images = [b for b in every if isinstance(b, types.ImageBlock) and b.asset]
    films = [block for block in every if isinstance(block, types.VideoBlock) and block.asset]
    links = [link for one in markups for link in one.links]
    levels = [level for one in markups for level, _ in one.headings]
    return TextFacts(
        images=len(images) + len(pictures),
        described=sum(map(is_described, images)) + sum(alt is not None for alt in pictures),
        headings=len(levels),
        in_order=next(skipped(levels), None) is None,
        films=len(films),
        captioned=sum(film.captions is not None for film in films),
        links=len(links),
        named=sum(says_where(link) for link in links),
        colours=sum(one.colours for one in markups),
        minutes=estimated_minutes(body),
        size=len(canonical_json(body).encode()),
        assets={asset: top.key for top, one in outermost(body) for asset in assets_of(one)},
        lessons={
            name: top.key
            for top, one in outermost(body)
            for link in markup_of(one).links
            if (name := _lesson_in(link))
        },
    )


def html_of(block: types.Block) -> str:
    """Return the HTML that `block` itself holds."""
    return getattr(block, "html", "")


def markup_of(block: types.Block) -> HtmlParts:
    """Return what the HTML of `block` itself holds."""
    return read_markup(html_of(block))


def outermost(body: types.Body) -> Iterator[tuple[types.Block, types.Block]]:
    """Give every block of `body`, after the outermost block that it lies in: often itself."""
    for top in body.blocks:
        for block in types.walk((top,)):
            yield top, block


def is_described(image: types.ImageBlock) -> bool:
    """Tell whether those who cannot see it learn what it shows, or that it shows nothing."""
    return image.decorative or bool(image.alt.strip())


def says_where(link: Link) -> bool:
    """Tell whether the words of `link` alone say where it leads."""
    words = " ".join(link.words.split()).strip(" .:…»>→").casefold()
    return bool(words) and words not in _LITTLE and not words.startswith(("http://", "https://"))


def skipped(levels: list[int]) -> Iterator[int]:
    """Give the place of each heading that skips a level; the lesson's title is the first level."""
    for place, (before, level) in enumerate(zip([1, *levels], levels, strict=False)):
        if level > before + 1:
            yield place


def _lesson_in(link: Link) -> str:
    found = _LESSON.match(path_of(link))
    return f"{found[1]}/{found[2]}" if found else ""


def path_of(link: Link) -> str:
    """Return the path on this site that `link` leads to; empty for other sites."""
    return re.split(r"[?#]", link.href, maxsplit=1)[0] if link.href[:1] == "/" else ""
